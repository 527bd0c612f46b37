import { GuardError } from "../errors.js";

export type Env = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as absent. */
export const read = (env: Env, name: string): string | undefined => env[name]?.trim() || undefined;

export function numberOf(env: Env, name: string): number | undefined {
  const text = read(env, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw missing(name, `a number, not ${shown(text)}`);
}

/** 1 is yes and 0 is no. */
export function flagOf(env: Env, name: string): boolean | undefined {
  const text = read(env, name);
  if (text === undefined || text === "1" || text === "0") return text === undefined ? undefined : text === "1";
  throw missing(name, `1 or 0, not ${shown(text)}`);
}

const LONGEST_SHOWN = 16;

/** A value that is wrong, as an error tells it: a long one may be a secret in the wrong variable. */
export const shown = (text: string): string =>
  text.length > LONGEST_SHOWN ? `a text of ${text.length} characters` : `"${text}"`;

export const missing = (name: string, expected: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `${name} must be ${expected}.`, {
    details: { path: name },
    nextStep: `Set ${name} and start again.`,
  });
