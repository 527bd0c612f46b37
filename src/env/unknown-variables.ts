import { closest, distance } from "fastest-levenshtein";
import { read, type Env } from "./values.js";
import { VARIABLES } from "./variables.js";

/** Further away, a name is rather another word than a misspelt one. */
const MOST_EDITS = 4;

/** A misspelt variable would take a gate away, or leave one standing, without a word. */
export const unknownVariables = (env: Env): readonly string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith("TG_") && !VARIABLES.has(name) && read(env, name) !== undefined)
    .map((name) => `${name} is no variable of tg-guarded and has no effect: ${meant(name)}`);

function meant(name: string): string {
  const nearest = closest(name, [...VARIABLES.keys()]);
  return distance(name, nearest) <= MOST_EDITS ? `did you mean ${nearest}?` : "`tg-guarded env-sample` lists them all";
}
