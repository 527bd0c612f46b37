import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { join } from "node:path";
import { approvers, GuardedClient, memoryStore, type ActionsOptions } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { expect } from "vitest";
import { askPerson } from "../../adapters/mcp-actions/asking.js";
import { actionsServers } from "../../adapters/mcp-actions/server.js";
import { readServers } from "../../adapters/mcp-read/server.js";
import { tempFolder } from "../support/temp-folder.js";
import { answerOf, contextOf, hostOf, type Answer, type Elicited } from "./desk.js";
import { frameOf } from "./frame.js";
import { CHATS, writeHostileWorld, type HostileChat } from "./hostile-world.js";

/** The room that the servers give to a result, in characters. */
const ROOM_CHARS = 40_000;

/**
 * What nobody can see, or what makes a text read otherwise than it is: Unicode's categories Cc, Cf, Cs, Co, Cn, Zl and Zp,
 * letters that are blank, selectors; not a line's end, and not what joins two emoji to one. Written down here once more, so
 * that no mistake of the servers' own list hides itself.
 */
const UNSEEN =
  /(?!\n)(?!(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0\uFE00-\uFE0E\u{E0100}-\u{E01EF}]/u;

/** A host of both servers, each on a client of its own, in a world where everybody is hostile. */
export interface HostileDesk extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** The folder that files may be written to. */
  readonly root: string;
  /** What the person in front of the host was asked. */
  readonly forms: string[];
  /** Calls a tool, and looks at the answer as at any: nothing unseen, in its room, and the text says what the structure says. */
  readonly read: (name: string, args?: Record<string, unknown>) => Promise<Answer>;
  readonly act: (name: string, args?: Record<string, unknown>) => Promise<Answer>;
}

export interface HostileDeskOptions {
  readonly actions?: ActionsOptions;
  /** What the person in front of the host says to every form; absent: the host has none. */
  readonly says?: "yes" | "no";
}

/** Codes that count at once, for any chat. */
const BY_CODE = {
  approver: approvers.code({ minAgeMs: 0 }),
  requireAllowlist: false,
  unsafeOverride: true,
} satisfies ActionsOptions;

/** Whoever sits in front of the host approves, else the operator. */
export const BY_FORM = {
  approver: approvers.operator({ ask: "host" }),
  ask: askPerson,
  requireAllowlist: false,
  unsafeOverride: true,
} satisfies ActionsOptions;

const SAYING: Readonly<Record<"yes" | "no", Elicited>> = {
  yes: () => ({ action: "accept", content: { approve: true } }),
  no: () => ({ action: "decline" }),
};

export async function hostileDesk({ actions = BY_CODE, says }: HostileDeskOptions = {}): Promise<HostileDesk> {
  const folder = await tempFolder();
  await writeHostileWorld(folder.file("result.json"));
  const sandbox = await startSandbox({ world: { file: folder.file("result.json") } });
  const shared = {
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: {
      mode: "off",
      groupMessages: 1e4,
      directMessages: 1e4,
      joins: 1e4,
      pauses: { everyDirectMessages: 0, afterJoinMs: 0 },
    },
  } as const;
  const reader = await GuardedClient.open({ ...shared, receiveUpdates: true, actions: { enabled: false } });
  const writer = await GuardedClient.open({ ...shared, actions });
  const forms: string[] = [];
  const hosts = [
    await hostOf(readServers(contextOf(reader), { version: "0.0.0" })()),
    await hostOf(actionsServers(contextOf(writer), { version: "0.0.0" })(), says && SAYING[says], forms),
  ] as const;
  return {
    sandbox,
    forms,
    root: join(shared.dataDir, "downloads"),
    read: (name, args = {}) => ask(hosts[0], name, args),
    act: (name, args = {}) => ask(hosts[1], name, args),
    async [Symbol.asyncDispose]() {
      for (const host of hosts) await host.close();
      for (const client of [reader, writer]) await client.close();
      await sandbox.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function ask(host: Client, name: string, args: Record<string, unknown>): Promise<Answer> {
  const result = (await host.callTool({ name, arguments: args })) as CallToolResult;
  const answer = answerOf(result);
  const [text, ...links] = result.content;
  expect(text).toEqual({ type: "text", text: JSON.stringify(answer) });
  expect(links.every(({ type }) => type === "resource_link")).toBe(true);
  expect(JSON.stringify(answer).length, name).toBeLessThan(ROOM_CHARS * 1.1);
  expect(UNSEEN.exec(JSON.stringify(answer))?.[0].codePointAt(0)?.toString(16), name).toBeUndefined();
  expect(JSON.stringify(answer)).not.toMatch(/\\u(?:00[01]|d[89a-f])/i);
  return answer;
}

/** The ids by which the answers about two of these chats may differ, by what they stand for. */
export const idsOf = ({ group, person }: HostileChat): ReadonlyMap<unknown, string> =>
  new Map<unknown, string>([
    [group, "the group"],
    [person, "the person"],
    [String(group), "the group"],
  ]);

export interface Comparing {
  /** Of the frame, what is to be the same. */
  readonly shown?: (frame: unknown) => unknown;
  /** A third of the chats, another for each number; absent: all. */
  readonly third?: number;
}

/** What is ours in the answer about every hostile chat is what it is in the answer about the harmless one. */
export async function expectSameFrames(
  call: (chat: HostileChat) => Promise<Answer>,
  { shown = (frame) => frame, third }: Comparing = {},
): Promise<void> {
  const [harmless, ...hostile] = CHATS;
  if (harmless === undefined) throw new Error("there is no harmless chat");
  const expected = shown(frameOf(await call(harmless), idsOf(harmless)));
  for (const [n, chat] of hostile.entries()) {
    if (third !== undefined && n % 3 !== third % 3) continue;
    expect([chat.name, shown(frameOf(await call(chat), idsOf(chat)))]).toEqual([chat.name, expected]);
  }
}
