import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { parseInput } from "../input.js";
import { read, type Env } from "./values.js";
import { readToml, variableValue, variablesOf } from "./variable-file.js";
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
 * @throws GuardError `input_invalid`
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

const table = z.record(z.string(), variableValue);
const schema = z
  .object({ accounts: z.record(z.string().regex(/^[\w.-]{1,100}$/, "is no name of an account"), table).default({}) })
  .catchall(variableValue);

/** A file that others can read should hold no secret. */
export function exposedSecrets({ path, shared, accounts }: Config): readonly string[] {
  if (process.platform === "win32" || (statSync(path).mode & 0o044) === 0) return [];
  const names = [shared, ...accounts.values()].flatMap((env) => Object.keys(env));
  const secrets = [...new Set(names)].filter((name) => VARIABLES.get(name)?.isSecret === true);
  return secrets.length === 0
    ? []
    : [`${path} can be read by others and holds ${secrets.join(", ")}: chmod 600 ${path}`];
}
