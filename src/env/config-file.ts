import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { GuardError } from "../errors.js";
import { parseInput } from "../input.js";
import { read, type Env } from "./values.js";
import { VARIABLES } from "./variables.js";

/** A file with variables for all accounts, and for each. */
export interface Config {
  readonly path: string;
  readonly shared: Env;
  readonly accounts: ReadonlyMap<string, Env>;
}

/** A fixed folder of the user (XDG configuration home), never the working folder. */
export function configFolder(env: Env): string {
  const base = read(env, "XDG_CONFIG_HOME");
  return join(base ?? join(homedir(), ".config"), "tg-guarded");
}

/**
 * Reads TG_CONFIG_FILE, or `config.toml` of the configuration folder where there is one.
 *
 * @throws {@link GuardError} `input_invalid`
 */
export function readConfig(env: Env): Config | undefined {
  const named = read(env, "TG_CONFIG_FILE");
  const path = named ?? join(configFolder(env), "config.toml");
  if (named === undefined && !existsSync(path)) return undefined;
  const { accounts, ...shared } = parseInput(schema, readToml(path), path);
  return {
    path,
    shared: variablesOf(shared, path),
    accounts: new Map(
      Object.entries(accounts).map(([name, table]) => [name, variablesOf(table, `${path}: accounts.${name}`)]),
    ),
  };
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const table = z.record(z.string(), z.union([scalar, z.array(scalar)]));
const schema = z
  .object({ accounts: z.record(z.string().regex(/^[\w.-]{1,100}$/, "is no name of an account"), table).default({}) })
  .catchall(z.union([scalar, z.array(scalar)]));

type Value = z.infer<typeof scalar>;

/** As one would write them into the environment: 1 and 0 for yes and no, lists with commas. */
function variablesOf(values: Readonly<Record<string, Value | readonly Value[]>>, where: string): Env {
  const entries = Object.entries(values).map(([name, value]) => {
    if (!VARIABLES.has(name)) throw invalid(where, `${name} is no variable of tg-guarded`);
    return [name, textOf(name, value)] as const;
  });
  return Object.fromEntries(entries);
}

function textOf(name: string, value: Value | readonly Value[]): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value !== "object") return String(value);
  return value.map(String).join(name === "TG_FILES_ROOTS" ? delimiter : ",");
}

function readToml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    // The library's error shows the line, which may hold a secret.
    const line =
      error instanceof Error && "line" in error ? `line ${String(error.line)} is no TOML` : "it cannot be read";
    throw invalid(path, line);
  }
}

const invalid = (where: string, fault: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `${where}: ${fault}.`, {
    details: { path: where },
    nextStep: "Correct the file; `tg-guarded env-sample` lists all variables.",
  });

/** A file that others can read should hold no secret. */
export function exposedSecrets({ path, shared, accounts }: Config): readonly string[] {
  if (process.platform === "win32" || (statSync(path).mode & 0o044) === 0) return [];
  const names = [shared, ...accounts.values()].flatMap((env) => Object.keys(env));
  const secrets = [...new Set(names)].filter((name) => VARIABLES.get(name)?.isSecret === true);
  return secrets.length === 0
    ? []
    : [`${path} can be read by others and holds ${secrets.join(", ")}: chmod 600 ${path}`];
}
