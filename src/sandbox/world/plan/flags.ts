import { API_TYPES } from "../../tl/schema.js";

/** The names of a constructor's yes-or-no flags. */
export function flagsOf(constructor: string): readonly string[] {
  const line = new RegExp(`^${constructor}#.*$`, "m").exec(API_TYPES)?.[0] ?? "";
  return [...line.matchAll(/(\w+):flags\d*\.\d+\?true/g)].flatMap(([, name]) => name ?? []);
}
