import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { GuardedClient, type Message, type Participant } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";
import { told } from "../support/truth.js";

const FREE = { mode: "off" } as const;
const SERVICE_CHAT = 777_000;

const linesOf = async <T>(path: string): Promise<T[]> =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);

const open = (sandbox: Sandbox): Promise<GuardedClient> =>
  GuardedClient.open({ ...sandbox.clientOptions(), limits: FREE });

/** Exports a chat and compares every message with the world, one by one. */
async function compare(sandbox: Sandbox, client: GuardedClient, chat: number, to: string): Promise<number> {
  const truth = sandbox.world.chat(chat);
  const { count, reported } = await client.export.messages(chat, { to });
  const exported = await linesOf<Message>(to);
  const { id: selfId } = await client.read.me();
  const expected = [...truth.messages()].map((message) => told(sandbox.world, truth, message, selfId));
  expect(exported.length).toBe(expected.length);
  for (const [place, message] of expected.entries()) expect(exported[place]).toMatchObject(message);
  expect([count, reported]).toEqual([expected.length, expected.length]);
  return count;
}

describe("An export of messages holds what the world holds", () => {
  it("in every chat of the demo world", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    const dialogs = await client.read.dialogs().toArray({ limit: 100 });
    const chats = dialogs.filter(({ id }) => id !== SERVICE_CHAT);
    expect(chats.length).toBeGreaterThan(10);
    for (const { id } of chats) await compare(sandbox, client, id, folder.file(`${id}.jsonl`));
  });

  it("in a supergroup of 20,000 messages, with one request for each 100", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox({ world: { generated: { messages: 20_000, participants: 50 } } });
    await using client = await open(sandbox);
    const { id } = await client.read.resolve("@generated");
    await compare(sandbox, client, id, folder.file("all.jsonl"));
    const requests = sandbox.log.filter(({ method }) => method === "messages.getHistory").length;
    expect(requests).toBeLessThanOrEqual(201);
  }, 240_000);
});

it("An export of participants finds every member of a group of 15,000 that can be found, and counts the others", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox({ world: { generated: { messages: 100, participants: 15_000 } } });
  const limits = { ...FREE, pauses: { everyParticipants: 0 } };
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits });
  const to = folder.file("members.jsonl");
  const report = await client.export.participants("@generated", { to, includeBots: true });
  const exported = await linesOf<Participant>(to);
  const all = [...sandbox.world.chat("@generated").members()].sort((a, b) => a.userId - b.userId);
  const found = new Set(exported.map(({ id }) => id));
  // Telegram lists 10,000; a deleted account beyond these has no name to search for.
  const hidden = all.filter(({ userId }) => !found.has(userId));
  expect(hidden.filter(({ userId }) => sandbox.world.users.get(userId)?.deleted !== true)).toEqual([]);
  expect(exported).toEqual(
    all
      .filter(({ userId }) => found.has(userId))
      .map(({ userId, role, since, rank }) => {
        const user = sandbox.world.users.get(userId);
        return expect.objectContaining({
          id: userId,
          role,
          ...(role !== "creator" && { joinedDate: new Date(since * 1000).toISOString() }),
          ...(rank !== undefined && { rank }),
          ...(user?.firstName && { firstName: user.firstName }),
          ...(user?.lastName && { lastName: user.lastName }),
          ...(user?.username && { username: user.username }),
          isBot: user?.bot ?? false,
          isDeleted: user?.deleted ?? false,
        }) as unknown;
      }),
  );
  expect(report).toMatchObject({ complete: false, count: found.size, reported: 15_000 });
  expect(report.missing).toEqual([{ what: "member", count: hidden.length, why: expect.any(String) as string }]);
  expect(hidden.length).toBeLessThan(150);
}, 240_000);
