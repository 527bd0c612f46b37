import { stringify } from "smol-toml";
import type { ServerEntry } from "./entry.js";
import { forCmd, forShell } from "./quote.js";

export const FORMATS = ["json", "toml", "command"] as const;
export type Format = (typeof FORMATS)[number];

export interface PrintOptions {
  readonly windows: boolean;
}

type Print = (servers: readonly ServerEntry[], options: PrintOptions) => string;

/** A program that starts servers, and the forms in which it is told to. */
export interface Host {
  readonly title: string;
  /** Where what is printed belongs. */
  readonly where: Readonly<Partial<Record<Format, string>>>;
  /** The first one is the usual one. */
  readonly forms: readonly (readonly [Format, Print])[];
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

const tableOf = <T>(servers: readonly ServerEntry[], show: (server: Omit<ServerEntry, "name">) => T) =>
  Object.fromEntries(servers.map(({ name, ...server }) => [name, show(server)]));

const mcpServers: Print = (servers) => json({ mcpServers: tableOf(servers, (server) => server) });

/** Codex gives up after 10 s, in which npx may not have fetched the package. */
const STARTUP_TIMEOUT_SEC = 60;

const codexToml: Print = (servers) =>
  stringify({
    mcp_servers: tableOf(servers, ({ command, args, env }) => ({
      ...{ command, args: [...args], startup_timeout_sec: STARTUP_TIMEOUT_SEC },
      ...(Object.keys(env).length === 0 ? {} : { env: { ...env } }),
    })),
  });

/** The name stands before --env, which takes all words up to the next option (claude-code issue 62332). */
const addCommand =
  (...start: readonly string[]): Print =>
  (servers, { windows }) =>
    servers
      .map(({ name, command, args, env }) => {
        const variables = Object.entries(env).flatMap(([variable, value]) => ["--env", `${variable}=${value}`]);
        const words = [...start, name, ...variables, "--", command, ...args];
        return `${words.map(windows ? forCmd : forShell).join(" ")}\n`;
      })
      .join("");

/** By the names that --host takes. */
export const HOSTS = {
  "claude-code": {
    title: "Claude Code",
    where: { json: ".mcp.json in the project's folder", command: "a terminal; for all projects of this user" },
    forms: [
      ["json", mcpServers],
      ["command", addCommand("claude", "mcp", "add", "--scope", "user")],
    ],
  },
  "claude-desktop": {
    title: "Claude Desktop",
    where: {
      json: "claude_desktop_config.json, in ~/Library/Application Support/Claude (macOS) or %APPDATA%\\Claude (Windows)",
    },
    forms: [["json", mcpServers]],
  },
  cursor: {
    title: "Cursor",
    where: { json: "~/.cursor/mcp.json, or .cursor/mcp.json in the project's folder" },
    forms: [["json", mcpServers]],
  },
  vscode: {
    title: "Visual Studio Code",
    where: { json: "the file that `MCP: Open User Configuration` opens, or .vscode/mcp.json in the project's folder" },
    forms: [["json", (servers) => json({ servers: tableOf(servers, (server) => ({ type: "stdio", ...server })) })]],
  },
  codex: {
    title: "Codex",
    where: { toml: "~/.codex/config.toml", command: "a terminal" },
    forms: [
      ["toml", codexToml],
      ["command", addCommand("codex", "mcp", "add")],
    ],
  },
} as const satisfies Readonly<Record<string, Host>>;

export type HostName = keyof typeof HOSTS;
export const HOST_NAMES = Object.keys(HOSTS) as readonly HostName[];

/** What is to be pasted, and where. @throws Error for a form that the host does not have */
export function printFor(
  name: HostName,
  servers: readonly ServerEntry[],
  { format, ...options }: PrintOptions & { readonly format?: Format | undefined },
): { readonly text: string; readonly where: string } {
  const { title, where, forms }: Host = HOSTS[name];
  const form = forms.find(([known]) => format === undefined || known === format);
  if (form === undefined) throw new Error(`${title} takes: ${forms.map(([known]) => known).join(", ")}.`);
  const [known, print] = form;
  return { text: print(servers, options), where: where[known] ?? "" };
}
