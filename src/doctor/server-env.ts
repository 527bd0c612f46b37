import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { configFolder } from "../env/config-file.js";
import { read, type Env } from "../env/values.js";
import { GuardError } from "../errors.js";
import type { ConfiguredServer } from "./mcp-config.js";
import { assertNoPipes } from "./pipes.js";

/**
 * The variables that a configured server would have: its `--account`, over those of the configuration, over the present
 * ones, over its file of variables.
 *
 * @throws {@link GuardError} `input_invalid` where a file that they name cannot be read
 */
export function serverEnv(server: ConfiguredServer, present: Env): Env {
  const { args, env } = expandedServer(server, present);
  const account = optionIn(args, "--account");
  const known = { ...present, ...env, ...(account === undefined ? {} : { TG_ACCOUNT: account }) };
  assertNoPipes(known);
  const all = { ...fileVariables(args, known), ...definedIn(known) };
  assertNoPipes(all);
  return all;
}

/**
 * A server as it is started: with the present variables put in where it names them, and those of its `envFile`.
 *
 * Errors: `input_invalid` where that file cannot be read.
 *
 * @example
 * ```ts
 * import { expandedServer } from "tg-guarded";
 *
 * const server = { name: "tg", program: "tgmcp-read", command: "tgmcp-read", args: [], env: { SESSION_NAME: "${WHO}" } };
 * console.log(expandedServer(server, { WHO: "work" }).env); // { SESSION_NAME: "work" }
 * ```
 */
export function expandedServer(
  { envFile, ...server }: ConfiguredServer,
  present: Readonly<Record<string, string | undefined>>,
): ConfiguredServer {
  const { command, args, env, cwd } = server;
  const named = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, expanded(text, present)]));
  return {
    ...server,
    command: expanded(command, present),
    args: args.map((arg) => expanded(arg, present)),
    env: envFile === undefined ? named : { ...variablesIn(expanded(envFile, present), "its envFile"), ...named },
    ...(cwd === undefined ? {} : { cwd: expanded(cwd, present) }),
  };
}

/** As Claude has it, `${NAME}` and `${NAME:-otherwise}`, and as Cursor has it, `${env:NAME}`. */
const expanded = (text: string, present: Env): string =>
  text.replace(/\$\{(?:env:)?(\w+)(?::-([^}]*))?\}/g, (whole, name: string, otherwise?: string) => {
    return present[name] ?? otherwise ?? whole;
  });

const definedIn = (env: Env): Env => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));

function fileVariables(args: readonly string[], env: Env): Env {
  const named = optionIn(args, "--env-file") ?? read(env, "TG_ENV_FILE");
  const path = named ?? join(configFolder(env), ".env");
  return named === undefined && !existsSync(path) ? {} : variablesIn(path, "--env-file or TG_ENV_FILE");
}

function variablesIn(path: string, namedBy: string): Readonly<Record<string, string>> {
  try {
    const entries = Object.entries(parseEnv(readFileSync(path, "utf8")));
    return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  } catch (cause) {
    throw new GuardError("input_invalid", `The file of variables ${path} cannot be read.`, {
      details: { path },
      nextStep: `Check the path that ${namedBy} names.`,
      cause,
    });
  }
}

function optionIn(args: readonly string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  const place = args.indexOf(name);
  return joined ?? (place < 0 ? undefined : args[place + 1]);
}
