import type { Definition, Param } from "./definitions.js";
import { TlError } from "./error.js";
import type { TlReader } from "./reader.js";
import type { Registry } from "./registry.js";
import { compileType, type TypeCodec } from "./type-codec.js";
import type { TlWriter } from "./writer.js";

type Fields = Readonly<Record<string, unknown>>;

/** A step of reading or writing a constructor: a word of flags, a field, or a `true`, which is its bit and nothing else. */
type Step =
  | { readonly kind: "word"; readonly second: boolean; readonly members: readonly Member[] }
  | { readonly kind: "plain"; readonly name: string; readonly codec: TypeCodec }
  | {
      readonly kind: "optional";
      readonly name: string;
      readonly second: boolean;
      readonly mask: number;
      readonly codec: TypeCodec;
    }
  | { readonly kind: "true"; readonly name: string; readonly second: boolean; readonly mask: number };

/** A field that a bit of a flags word announces. */
interface Member {
  readonly name: string;
  readonly mask: number;
  readonly isTrue: boolean;
}

const CONDITIONAL = /^(flags2?)\.(\d+)\?(.+)$/;

function readCondition(type: string): { word: string; mask: number; type: string } | undefined {
  const [, word, bit, inner] = CONDITIONAL.exec(type) ?? [];
  return word === undefined || inner === undefined ? undefined : { word, mask: 1 << Number(bit), type: inner };
}

function membersOf(word: string, params: readonly Param[]): Member[] {
  return params.flatMap(({ name, type }) => {
    const condition = readCondition(type);
    return condition?.word === word ? [{ name, mask: condition.mask, isTrue: condition.type === "true" }] : [];
  });
}

function compileStep({ name, type }: Param, params: readonly Param[], registry: Registry): Step {
  if (type === "#") return { kind: "word", second: name === "flags2", members: membersOf(name, params) };
  const condition = readCondition(type);
  if (condition === undefined) return { kind: "plain", name, codec: compileType(type, registry) };
  const { mask } = condition;
  const second = condition.word === "flags2";
  if (condition.type === "true") return { kind: "true", name, second, mask };
  return { kind: "optional", name, second, mask, codec: compileType(condition.type, registry) };
}

/** How one constructor or method is written and read: its fields in order, prepared once. */
export class Plan {
  readonly name: string;
  readonly id: number;
  readonly result: string;
  readonly isMethod: boolean;
  /** A method that carries another request (`!X`), always as its last field. */
  readonly isWrapper: boolean;
  private readonly params: readonly Param[];
  private preparedSteps: readonly Step[] | undefined;
  private preparedResult: TypeCodec | undefined;

  constructor(
    definition: Definition,
    private readonly registry: Registry,
  ) {
    this.name = definition.name;
    this.id = definition.id;
    this.result = definition.result;
    this.isMethod = definition.isMethod;
    this.params = definition.params;
    this.isWrapper = definition.params.at(-1)?.type === "!X";
  }

  /** The codec of the method's answer. */
  get resultCodec(): TypeCodec {
    return (this.preparedResult ??= compileType(this.result, this.registry));
  }

  /** Writes the fields, without the constructor's number. */
  write(writer: TlWriter, object: object): void {
    const fields = object as Fields;
    let flags = 0;
    let flags2 = 0;
    for (const step of this.steps) {
      if (step.kind === "plain") this.writeField(writer, step.codec, step.name, fields[step.name]);
      else if (step.kind === "optional") {
        if (((step.second ? flags2 : flags) & step.mask) === 0) continue;
        this.writeField(writer, step.codec, step.name, fields[step.name]);
      } else if (step.kind === "word") {
        const bits = this.bits(step.members, fields);
        if (step.second) flags2 = bits;
        else flags = bits;
        writer.uint32(bits);
      } else if (fields[step.name] === false && ((step.second ? flags2 : flags) & step.mask) !== 0) {
        throw new TlError(`${this.name}.${step.name} is false, but shares its flag bit with a field that is set`);
      }
    }
  }

  /** Reads the fields that follow the constructor's number. */
  read(reader: TlReader): { readonly _: string } {
    return this.readSteps(reader, this.steps);
  }

  /** Reads a wrapper's own fields and stops before the request that it carries. */
  readAroundQuery(reader: TlReader): { readonly _: string } {
    return this.readSteps(reader, this.steps.slice(0, -1));
  }

  /** Compiled on demand, since types refer to each other in circles. */
  private get steps(): readonly Step[] {
    return (this.preparedSteps ??= this.params.map((param) => compileStep(param, this.params, this.registry)));
  }

  private readSteps(reader: TlReader, steps: readonly Step[]): { readonly _: string } {
    reader.enter();
    const object: { _: string; [field: string]: unknown } = { _: this.name };
    let flags = 0;
    let flags2 = 0;
    for (const step of steps) {
      if (step.kind === "plain") object[step.name] = step.codec.read(reader);
      else if (step.kind === "word") {
        if (step.second) flags2 = reader.uint32();
        else flags = reader.uint32();
      } else if (((step.second ? flags2 : flags) & step.mask) !== 0) {
        object[step.name] = step.kind === "true" ? true : step.codec.read(reader);
      }
    }
    reader.leave();
    return object;
  }

  private bits(members: readonly Member[], fields: Fields): number {
    let bits = 0;
    for (const { name, mask, isTrue } of members) {
      const value = fields[name];
      if (value !== undefined && value !== null && (!isTrue || value === true)) bits |= mask;
    }
    return bits;
  }

  private writeField(writer: TlWriter, codec: TypeCodec, name: string, value: unknown): void {
    if (value === undefined || value === null)
      throw new TlError(`${this.name}.${name} is missing${this.partners(name)}`);
    try {
      codec.write(writer, value);
    } catch (error) {
      throw error instanceof TlError ? new TlError(`${this.name}.${name}: ${error.message}`) : error;
    }
  }

  /** Fields on one bit are set together or not at all: clients would misread the rest of the message. */
  private partners(name: string): string {
    const type = (field: string): string => this.params.find((param) => param.name === field)?.type ?? "";
    const bitOf = (field: string): string => type(field).replace(/\?.*/, "");
    if (!CONDITIONAL.test(type(name))) return "";
    const sharing = this.params
      .map((param) => param.name)
      .filter((field) => field !== name && bitOf(field) === bitOf(name));
    return `: it shares a flag bit with ${sharing.join(", ")}, so set all of them or none`;
  }
}
