import { join } from "node:path";
import { GuardedClient, memoryStore, type ClientOptions } from "tg-guarded";
import { startSandbox, type SandboxOptions } from "tg-guarded/testing";
import { readServers } from "../../../adapters/mcp-read/server.js";
import { methodsOf } from "../../support/methods-of.js";
import { answerOf, contextOf, hostOf, type Answer, type McpDesk } from "../desk.js";

export const LAB = "@tidewater_lab";
export const GAZETTE = "@harbour_gazette";
export const WILD = "@wild_names";

export interface ReadingDeskOptions extends Pick<Partial<ClientOptions>, "read" | "files" | "receiveUpdates"> {
  readonly sandbox?: SandboxOptions;
  /** Room of an answer, in characters. */
  readonly roomChars?: number;
}

export interface ReadingDesk extends McpDesk {
  readonly client: GuardedClient;
  /** The folder that files may be written to. */
  readonly root: string;
  /** The methods that arrived at the sandbox while this was done. */
  readonly methodsOf: (work: () => Promise<unknown>) => Promise<readonly string[]>;
}

/** A host of the reading server, which checks every result against its tool's schema. */
export async function readingDesk({
  sandbox: world,
  roomChars,
  ...options
}: ReadingDeskOptions = {}): Promise<ReadingDesk> {
  const sandbox = await startSandbox(world);
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { mode: "off" },
    ...options,
  });
  const context = contextOf(client);
  const room = roomChars === undefined ? {} : { roomChars };
  const host = await hostOf(readServers(context, { version: "0.0.0", ...room })());
  return {
    sandbox,
    host,
    context,
    client,
    root: options.files?.roots?.[0] ?? join(sandbox.clientOptions().dataDir, "downloads"),
    call: async (name, args = {}) => answerOf(await host.callTool({ name, arguments: args })),
    methodsOf: (work) => methodsOf(sandbox, work),
    async [Symbol.asyncDispose]() {
      await host.close();
      await client.close();
      await sandbox.close();
    },
  };
}

/** The items of a list in an answer. */
export const itemsOf = (answer: Answer, name: string): readonly Answer[] => answer[name] as readonly Answer[];

/** All pages of a tool, one after the other. */
export async function pagesOf(
  desk: ReadingDesk,
  tool: string,
  args: Record<string, unknown>,
  list: string,
): Promise<readonly (readonly Answer[])[]> {
  const pages: (readonly Answer[])[] = [];
  for (let next: Record<string, unknown> | undefined = {}; next !== undefined;) {
    const answer: Answer = await desk.call(tool, { ...args, ...next });
    pages.push(itemsOf(answer, list));
    if (answer["next_cursor"] !== undefined) next = { cursor: answer["next_cursor"] };
    else if (answer["next_offset"] !== undefined) next = { offset: answer["next_offset"] };
    else next = undefined;
  }
  return pages;
}
