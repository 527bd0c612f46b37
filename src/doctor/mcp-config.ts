import { readFile } from "node:fs/promises";
import { parse as parseToml } from "smol-toml";
import { z } from "zod";
import { definedOnly } from "../defined-only.js";
import { GuardError, isGuardError, type SessionPlane } from "../errors.js";
import { isMissing, systemCode } from "../system-error.js";

/** A server as a program for agents starts it. */
export interface ConfiguredServer {
  readonly name: string;
  /** The program of this package, whatever starts it. */
  readonly program: string;
  /** What is started: the program itself, Node, npx… */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A file of variables beneath them, which the program for agents reads (Visual Studio Code, Cursor). */
  readonly envFile?: string;
  /** The working folder, where one is named. */
  readonly cwd?: string;
  /** The side of the account that it is for; absent for other commands of this package. */
  readonly plane?: SessionPlane;
}

/** Claude and Cursor write `mcpServers`, Codex `mcp_servers`, Visual Studio Code `servers`. */
const TABLES = ["mcpServers", "mcp_servers", "servers"] as const;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const server = z.looseObject({
  command: z.string(),
  args: z.array(scalar).default([]),
  env: z.record(z.string(), scalar).default({}),
  envFile: z.string().optional(),
  cwd: z.string().optional(),
});

/**
 * Reads the servers of tg-guarded out of a configuration in JSON or TOML. Others, and those without a command, are left out.
 *
 * @throws {@link GuardError} `input_invalid`; nothing of the file stands in the error
 */
export function parseMcpConfig(text: string, path: string): readonly ConfiguredServer[] {
  const table = tableOf(readText(text, path));
  if (table === undefined) throw invalid(path, `it has none of ${TABLES.join(", ")}`);
  return Object.entries(table).flatMap(([name, entry]) => {
    const parsed = server.safeParse(entry);
    if (!parsed.success) {
      if (mentionsUs(entry))
        throw invalid(path, `the server ${JSON.stringify(name)} has no proper command, args, env, envFile or cwd`);
      return [];
    }
    const { command, args, env, envFile, cwd } = parsed.data;
    const ours = programOf([command, ...args]);
    if (ours === undefined) return [];
    const plane = PLANES[ours];
    return [{ name, program: ours, command, args, env, ...definedOnly({ envFile, cwd, plane }) }];
  });
}

/**
 * The servers of this package that a file configures: `.mcp.json`, or Codex's `config.toml`. What stands there as `${NAME}`
 * stays so: {@link expandedServer} puts it in.
 *
 * Errors: `input_invalid` where it cannot be read, or configures no servers at all; nothing of the file stands in the error.
 *
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { readMcpConfig } from "tg-guarded";
 *
 * await writeFile(".mcp.json", '{ "mcpServers": { "telegram": { "command": "tgmcp-read" } } }');
 * for (const { name, program, plane } of await readMcpConfig(".mcp.json")) console.log(name, program, plane);
 * ```
 */
export async function readMcpConfig(path: string): Promise<readonly ConfiguredServer[]> {
  try {
    return parseMcpConfig(await readFile(path, "utf8"), path);
  } catch (error) {
    if (isGuardError(error)) throw error;
    throw invalid(path, `it cannot be read${systemCode(error) === undefined ? "" : `: ${systemCode(error)}`}`);
  }
}

/** The same where the file may be another program's whole settings: without a table of servers it has none. */
export async function readSettings(path: string): Promise<readonly ConfiguredServer[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw invalid(path, `it cannot be read${systemCode(error) === undefined ? "" : `: ${systemCode(error)}`}`);
  });
  return text === undefined || tableOf(readText(text, path)) === undefined ? [] : parseMcpConfig(text, path);
}

type Program = "tg-guarded" | "tgmcp" | "tgmcp-read" | "tgmcp-actions" | "mcp-read" | "mcp-actions";

/** What is called tgmcp is tgmcp-read; mcp-read and mcp-actions are the built files. */
const PLANES: Readonly<Record<Program, SessionPlane | undefined>> = {
  "tg-guarded": undefined,
  tgmcp: "read",
  "tgmcp-read": "read",
  "tgmcp-actions": "actions",
  "mcp-read": "read",
  "mcp-actions": "actions",
};

/** Which program of this package a command line starts: by itself, by Node or by npx, which may name the package first. */
function programOf(words: readonly string[]): Program | undefined {
  const programs = words.flatMap((word) => {
    const last = word.split(/[\\/]/).at(-1) ?? "";
    const bare = last.replace(/(?<=.)@[^@]*$/, "").replace(/\.(cmd|ps1|exe|c?js|mjs)$/i, "");
    return isProgram(bare) ? [bare] : [];
  });
  return programs.find((program) => PLANES[program] !== undefined) ?? programs[0];
}

const isProgram = (word: string): word is Program => Object.hasOwn(PLANES, word);

const mentionsUs = (entry: unknown): boolean =>
  isTable(entry) &&
  programOf([entry["command"], entry["args"]].flat().filter((word) => typeof word === "string")) !== undefined;

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function tableOf(content: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isTable(content)) return undefined;
  return TABLES.map((name) => (Object.hasOwn(content, name) ? content[name] : undefined)).find(isTable);
}

/** JSON begins with a brace, which no TOML does. The parsers' own errors show the line, which may hold a secret. */
function readText(text: string, path: string): unknown {
  const bare = text.replace(/^\uFEFF/, "");
  const isJson = bare.trimStart().startsWith("{");
  try {
    return isJson ? (JSON.parse(bare) as unknown) : parseToml(bare);
  } catch {
    throw invalid(path, `it is no ${isJson ? "JSON" : "TOML"}`);
  }
}

const invalid = (path: string, why: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `${path} cannot be used: ${why}.`, {
    details: { path },
    nextStep:
      'Name a file with {"mcpServers": {…}} as Claude and Cursor have it, or with [mcp_servers.NAME] as Codex has it.',
  });
