import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { GuardedClient, memoryStore, type ClientOptions } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import type { ServerContext } from "../../adapters/mcp/context.js";
import { readServers } from "../../adapters/mcp-read/server.js";

export type Answer = Readonly<Record<string, unknown>>;

/** A host with a server of its own in the same process, on a sandbox. */
export interface McpDesk extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly host: Client;
  readonly context: ServerContext;
  /** What a tool answers, an error too. */
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<Answer>;
}

/** What an agent is given: the structured content, or the text where there is none. */
export function answerOf({ structuredContent, content }: Awaited<ReturnType<Client["callTool"]>>): Answer {
  if (structuredContent !== undefined) return structuredContent as Answer;
  const [first] = content as readonly { readonly text?: string }[];
  return JSON.parse(first?.text ?? "") as Answer;
}

export async function readDesk(options: Partial<ClientOptions> = {}): Promise<McpDesk> {
  const sandbox = await startSandbox();
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { mode: "off" },
    ...options,
  });
  const context: ServerContext = {
    client: () => Promise.resolve(client),
    sessions: { current: () => "work", list: () => Promise.resolve(["work"]), use: () => Promise.resolve() },
  };
  const server = readServers(context, { version: "0.0.0" })();
  const host = new Client({ name: "test", version: "0.0.0" });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), host.connect(near)]);
  return {
    sandbox,
    host,
    context,
    call: async (name, args = {}) => answerOf(await host.callTool({ name, arguments: args })),
    async [Symbol.asyncDispose]() {
      await host.close();
      await client.close();
      await sandbox.close();
    },
  };
}
