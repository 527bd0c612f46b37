import { readDefinitions, type Definition } from "./definitions.js";
import { Plan } from "./plan.js";

/** The schema, parsed at first use. Plans are compiled when their constructor is first met. */
export class Registry {
  private readonly byName = new Map<string, Definition>();
  private readonly byId = new Map<number, Definition>();
  private readonly plansByName = new Map<string, Plan>();
  private readonly plansById = new Map<number, Plan>();

  constructor(readonly definitions: readonly Definition[]) {
    for (const definition of definitions) {
      this.byName.set(definition.name, definition);
      this.byId.set(definition.id, definition);
    }
  }

  named(name: string): Plan | undefined {
    return this.plansByName.get(name) ?? this.compile(this.byName.get(name));
  }

  numbered(id: number): Plan | undefined {
    return this.plansById.get(id) ?? this.compile(this.byId.get(id));
  }

  private compile(definition: Definition | undefined): Plan | undefined {
    if (definition === undefined) return undefined;
    const plan = new Plan(definition, this);
    this.plansByName.set(plan.name, plan);
    this.plansById.set(plan.id, plan);
    return plan;
  }
}

let loaded: Registry | undefined;

export const registry = (): Registry => (loaded ??= new Registry(readDefinitions()));
