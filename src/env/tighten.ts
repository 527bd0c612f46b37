import type { Policy } from "./policy-file.js";
import { POLICY_VARIABLES, tighter, unnamedBound } from "./policy-rules.js";
import { read, type Env } from "./values.js";

/** Variables that a policy has held back. */
export interface Tightened {
  readonly env: Env;
  /** The policy that decided, for each variable that it did decide. */
  readonly decidedBy: ReadonlyMap<string, string>;
  /** Of each value that does not count, without the value. */
  readonly overruled: readonly string[];
}

/** The variables as far as the policies allow: each can only take away. */
export function tightened(env: Env, policies: readonly Policy[]): Tightened {
  const held: Record<string, string | undefined> = { ...env };
  const decidedBy = new Map<string, string>();
  const overruled: string[] = [];
  for (const { path, env: policy } of policies) {
    for (const name of POLICY_VARIABLES) {
      const named = read(policy, name);
      const given = read(held, name);
      const value = valueOf(name, named, given);
      if (value === given) continue;
      held[name] = value;
      decidedBy.set(name, path);
      if (given !== undefined) overruled.push(`${name} is set to more than ${path} allows: what stands there counts.`);
    }
    for (const name of otherChoices(policy)) {
      if (read(held, name) !== undefined) overruled.push(`${name} has no effect: ${path} says which session it is.`);
      held[name] = undefined;
    }
  }
  return { env: held, decidedBy, overruled };
}

const CHOICES = ["SESSION_NAME", "TG_SESSION_PATH", "TG_READ_SESSION_PATH", "TG_ACTIONS_SESSION_PATH"];

/** What would choose another session than the one that the policy names. */
function otherChoices(policy: Env): readonly string[] {
  const isNamed = (name: string): boolean => read(policy, name) !== undefined;
  return CHOICES.some(isNamed) ? CHOICES.filter((name) => !isNamed(name)) : [];
}

function valueOf(name: string, named: string | undefined, given: string | undefined): string | undefined {
  if (given === undefined) return named;
  const bound = named ?? unnamedBound(name);
  return bound === undefined ? given : tighter(name, bound, given);
}
