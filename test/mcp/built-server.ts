import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { getDefaultEnvironment, StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema, type ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";
import { answerOf, type Answer } from "./desk.js";

export type ServerName = "tgmcp-read" | "tgmcp-actions";

/** The program as it is built. */
export const programOf = (name: ServerName): string => fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));

interface HostOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** How the person in front of the host answers a form; absent: the host has none. */
  readonly elicit?: (message: string) => ElicitResult;
}

/** A host with a server that it has started. */
export interface BuiltHost {
  readonly client: Client;
  /** What a tool answers, an error too. */
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<Answer>;
}

/** A sandbox, a folder for everything that servers keep, and hosts that start them. */
export interface BuiltDesk extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Holds the sandbox's own information, and what the servers keep. */
  readonly folder: string;
  readonly dataDir: string;
  /** What every server is started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly start: (server: ServerName, options?: HostOptions) => Promise<BuiltHost>;
}

export async function builtDesk(): Promise<BuiltDesk> {
  const folder = await tempFolder();
  const sandbox = await startSandbox();
  const info = folder.file("sandbox-info.json");
  await writeFile(info, JSON.stringify(sandbox.info), { mode: 0o600 });
  const dataDir = folder.file("data");
  const env = {
    ...getDefaultEnvironment(),
    HOME: folder.path,
    TG_SANDBOX: info,
    TG_DATA_DIR: dataDir,
    RATE_RPS: "1000",
  };
  const hosts: BuiltHost[] = [];
  return {
    sandbox,
    folder: folder.path,
    dataDir,
    env,
    async start(server, options = {}) {
      const host = await hostOf(server, { ...env, ...options.env }, options);
      hosts.push(host);
      return host;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(hosts.map(({ client }) => client.close()));
      await sandbox.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function hostOf(server: ServerName, env: Record<string, string>, { elicit }: HostOptions): Promise<BuiltHost> {
  const client = new Client(
    { name: "test", version: "0.0.0" },
    { capabilities: elicit === undefined ? {} : { elicitation: { form: {} } } },
  );
  if (elicit !== undefined) client.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params.message));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [programOf(server)],
    env,
    stderr: "ignore",
  });
  await client.connect(transport);
  // From here on the client checks every result against its tool's schema.
  await client.listTools();
  return { client, call: async (name, args = {}) => answerOf(await client.callTool({ name, arguments: args })) };
}

/** Where files may be written to and sent from, unless something else is said. */
export const rootOf = ({ dataDir }: BuiltDesk): string => join(dataDir, "downloads");
