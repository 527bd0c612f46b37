import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ElicitRequestSchema, type ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import type { GuardedClient } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";
import type { ServerContext } from "../../adapters/mcp/context.js";

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

/** What servers are made on: this client, and the names of two sessions. */
export const contextOf = (client: GuardedClient): ServerContext => ({
  client: () => Promise.resolve(client),
  sessions: {
    current: () => Promise.resolve("work"),
    list: () => Promise.resolve(["home", "work"]),
    use: () => Promise.resolve(),
  },
});

/** How the person in front of a host answers a form. */
export type Elicited = (message: string) => ElicitResult | Promise<ElicitResult>;

/** A host of this server in the same process; without `elicit` nobody sits in front of it. What is asked goes to `forms`. */
export async function hostOf(server: McpServer, elicit?: Elicited, forms: string[] = []): Promise<Client> {
  const capabilities = elicit === undefined ? {} : { elicitation: { form: {} } };
  const host = new Client({ name: "test", version: "0.0.0" }, { capabilities });
  if (elicit !== undefined) {
    host.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      forms.push(params.message);
      return elicit(params.message);
    });
  }
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), host.connect(near)]);
  // From here on the host checks every result against its tool's schema.
  await host.listTools();
  return host;
}
