import { existsSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { parseInput } from "../input.js";
import { configFolder } from "./config-file.js";
import { read, type Env } from "./values.js";
import { invalidFile, readToml, variableValue, variablesOf } from "./variable-file.js";
import { isPolicyVariable } from "./policy-rules.js";

/** What the user's programs may do at most. */
export interface Policy {
  readonly path: string;
  readonly env: Env;
}

const FILE = "policy.toml";

/**
 * Where the policy of this user stands: `policy.toml` of the configuration folder. It holds TG_* variables which the
 * environment, a file of variables and the configuration file can only tighten.
 *
 * @example
 * ```ts
 * import { policyFile } from "tg-guarded";
 *
 * console.log(policyFile({ XDG_CONFIG_HOME: "/home/ada/.config" })); // /home/ada/.config/tg-guarded/policy.toml
 * ```
 */
export const policyFile = (env: Readonly<Record<string, string | undefined>> = process.env): string =>
  join(configFolder(env), FILE);

/**
 * Every policy that holds. Whoever sets XDG_CONFIG_HOME or HOME of a server can add one, but not leave the user's own behind;
 * at a sandbox there is nothing that it would protect.
 *
 * @throws GuardError `input_invalid`
 */
export function readPolicies(env: Env): readonly Policy[] {
  const own = read(env, "TG_SANDBOX") === undefined ? [join(homeOfUser(), ".config", "tg-guarded", FILE)] : [];
  return [...new Set([policyFile(env), ...own])].filter((path) => existsSync(path)).map(readPolicy);
}

/** As the system has it, which no variable changes. */
function homeOfUser(): string {
  try {
    return userInfo().homedir;
  } catch {
    // A user without an entry in the system's list has no home but the one of the variables.
    return configFolder({});
  }
}

const schema = z.record(z.string(), variableValue);

function readPolicy(path: string): Policy {
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw invalidFile(path, "others than its owner can read or change this policy", `chmod 600 '${path}'`);
  }
  const env = variablesOf(parseInput(schema, readToml(path), path), path);
  const other = Object.keys(env).find((name) => !isPolicyVariable(name));
  if (other !== undefined) {
    throw invalidFile(path, `${other} is no limit`, `Move ${other} to config.toml beside it, or into the environment.`);
  }
  return { path, env };
}
