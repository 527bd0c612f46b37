import { readFileSync } from "node:fs";
import { delimiter } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { GuardError } from "../errors.js";
import type { Env } from "./values.js";
import { VARIABLES } from "./variables.js";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What a variable may be in a file: a text, a number, true or false, or a list of these. */
export const variableValue = z.union([scalar, z.array(scalar)]);

type Value = z.infer<typeof scalar>;

/**
 * As one would write them into the environment: 1 and 0 for yes and no, lists with commas.
 *
 * @throws {@link GuardError} `input_invalid` for a name that is no variable's
 */
export function variablesOf(values: Readonly<Record<string, Value | readonly Value[]>>, where: string): Env {
  const entries = Object.entries(values).map(([name, value]) => {
    if (!VARIABLES.has(name)) throw invalidFile(where, `${name} is no variable of tg-guarded`);
    return [name, textOf(name, value)] as const;
  });
  return Object.fromEntries(entries);
}

function textOf(name: string, value: Value | readonly Value[]): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value !== "object") return String(value);
  return value.map(String).join(name === "TG_FILES_ROOTS" ? delimiter : ",");
}

/** @throws {@link GuardError} `input_invalid`, without a word of the file */
export function readToml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    // The library's error shows the line, which may hold a secret.
    const line =
      error instanceof Error && "line" in error ? `line ${String(error.line)} is no TOML` : "it cannot be read";
    throw invalidFile(path, line);
  }
}

export const invalidFile = (
  where: string,
  fault: string,
  nextStep = "Correct the file; `tg-guarded env-sample` lists all variables.",
): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `${where}: ${fault}.`, { details: { path: where }, nextStep });
