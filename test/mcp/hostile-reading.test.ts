import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "./desk.js";
import { frameOf, textsIn, untrustedIn } from "./frame.js";
import { expectSameFrames, hostileDesk, idsOf, type HostileDesk } from "./hostile-desk.js";
import { HARMLESS, HOSTILE } from "./hostile-texts.js";
import { CHATS, MESSAGES, OWN_NAME, SOUGHT, type HostileChat } from "./hostile-world.js";

const ALL_FIELDS = ["sender_name", "media", "reactions", "buttons", "entities", "markdown", "service"];

let desk: HostileDesk;
beforeAll(async () => {
  desk = await hostileDesk();
  // Titles are known from the list of dialogs alone.
  await desk.read("tg_get_my_dialogs", { limit: 1000 });
});
afterAll(() => desk[Symbol.asyncDispose]());

/** All pages of a tool in one: how many there are, a text may change by its length. */
async function whole(name: string, args: Record<string, unknown>, list: string): Promise<Answer> {
  let answer = await desk.read(name, args);
  const items = [...(answer[list] as readonly unknown[])];
  const fields = new Set(untrustedIn(answer));
  for (let next = nextOf(answer); next !== undefined; next = nextOf(answer)) {
    answer = await desk.read(name, { ...args, ...next });
    items.push(...(answer[list] as readonly unknown[]));
    for (const field of untrustedIn(answer)) fields.add(field);
  }
  return { [list]: items, untrusted: { fields: [...fields].sort() } };
}

const nextOf = ({ next_cursor: cursor, next_offset: offset }: Answer): Record<string, unknown> | undefined =>
  cursor !== undefined ? { cursor } : offset !== undefined ? { offset } : undefined;

it("There are more than sixty hostile texts, each its own", () => {
  expect(new Set(HOSTILE.map(([, text]) => text)).size).toBeGreaterThan(60);
});

describe("What people write, and what they call themselves, their chats and their files, changes nothing of ours in", () => {
  it("tg_get_messages with all of a message", async () => {
    await expectSameFrames(({ group }) => desk.read("tg_get_messages", { group, limit: 1, fields: ALL_FIELDS }));
  });

  // Every text meets a third of these tools, every tool a third of the texts.
  const calls: readonly (readonly [string, (chat: HostileChat) => Record<string, unknown>])[] = [
    ["tg_get_messages", ({ group }) => ({ group, limit: 1 })],
    ["tg_get_messages_since", ({ group }) => ({ group, cutoff_iso: "2025-01-01", limit: 1 })],
    ["tg_get_replies", ({ group }) => ({ group, message_id: MESSAGES.foreign })],
    ["tg_get_group_info", ({ group }) => ({ group })],
    ["tg_get_user_by_id", ({ person }) => ({ user_id: person })],
    ["tg_get_message_count", ({ group }) => ({ group })],
    ["tg_get_group_creation_date", ({ group }) => ({ group })],
    ["tg_get_pinned_messages", ({ group }) => ({ group })],
    ["tg_search_messages", ({ group, person }) => ({ group, query: SOUGHT, from_user: person, limit: 1 })],
    ["tg_get_topics", ({ group }) => ({ group })],
    ["tg_download_media", ({ group }) => ({ group, message_id: MESSAGES.own })],
  ];

  it.each(calls.map((call, third) => [third, ...call] as const))("%i %s", async (third, name, args) => {
    await expectSameFrames((chat) => desk.read(name, args(chat)), { third });
  });

  it("the list of members", async () => {
    await expectSameFrames(({ group }) => whole("tg_get_participants", { group }, "participants"), { third: 0 });
  });

  it.each([
    ["tg_get_my_dialogs", {}, "dialogs"],
    ["tg_get_contacts", {}, "contacts"],
    ["tg_search_messages", { query: SOUGHT, fields: ALL_FIELDS }, "messages"],
  ])("the lists of %s", async (name, args, list) => {
    const answer = await whole(name, { ...args, limit: 100 }, list);
    const framed = frameOf(answer) as Record<string, readonly Answer[]>;
    const of = (wanted: HostileChat) => {
      const found = (framed[list] ?? []).find((item) =>
        [item["id"], item["chat_id"]].some((id) => idsOf(wanted).has(id)),
      );
      return frameOf({ found: { ...found, date: "" } }, idsOf(wanted));
    };
    const [harmless, ...hostile] = CHATS.map(of);
    expect(framed[list]?.length).toBeGreaterThanOrEqual(CHATS.length);
    for (const one of hostile) expect(one).toEqual(harmless);
  });

  it("what is waited for", async () => {
    const { group = 0, person = 0 } = CHATS.at(-1) ?? {};
    const begun = await desk.read("tg_wait_for_messages", { groups: [group], timeout_seconds: 1 });
    for (const { text } of CHATS) desk.sandbox.world.post(group, { from: person, text });
    const frames: unknown[] = [];
    for (let { cursor } = begun; frames.length < CHATS.length;) {
      const answer = await desk.read("tg_wait_for_messages", { groups: [group], cursor, max_messages: 100 });
      const { messages } = frameOf(answer) as { readonly messages: readonly Answer[] };
      frames.push(...messages.map((message) => ({ ...message, id: 0, date: "" })));
      ({ cursor } = answer);
    }
    for (const frame of frames) expect(frame).toEqual(frames[0]);
  });
});

it("A chat that is named by its title is found or not, and nothing else", async () => {
  const [{ group } = { group: 0 }] = CHATS;
  const [found, not] = [
    await desk.read("tg_get_message_count", { group }),
    await desk.read("tg_get_message_count", { group: "No chat of that title" }),
  ];
  const [, ...hostile] = CHATS;
  for (const { name, text } of hostile) {
    const answer = await desk.read("tg_get_message_count", { group: text });
    const isOf = (frame: Answer) => JSON.stringify(frameOf(frame)) === JSON.stringify(frameOf(answer));
    const isTooLong = answer["code"] === "input_invalid" && !textsIn(answer).some(([, said]) => said.includes(text));
    expect([name, isOf(found) || isOf(not) || isTooLong]).toEqual([name, true]);
  }
});

it("The account's own name is data, too", async () => {
  for (const name of ["tg_auth_status"]) {
    const answer = await desk.read(name);
    expect(answer).toMatchObject({ authorized: true, account: { first_name: OWN_NAME.replace("\u202E", "") } });
    expect(JSON.stringify(frameOf(answer))).not.toContain("SYSTEM");
  }
});

it("The texts arrive: what is harmless is shown as it is, and what is long is cut", async () => {
  const [harmless] = CHATS;
  const shownOf = async (chat: HostileChat | undefined) =>
    (await desk.read("tg_get_messages", { group: chat?.group, limit: 1, fields: ALL_FIELDS })) as unknown;
  expect(await shownOf(harmless)).toMatchObject({
    messages: [
      {
        text: expect.stringContaining(HARMLESS) as string,
        file_name: HARMLESS,
        sender_name: `${HARMLESS} ${HARMLESS}`,
        fwd_from: { from_name: HARMLESS },
        buttons: [[{ text: HARMLESS, url: HARMLESS }]],
        entities: [{ url: HARMLESS }],
        reactions: [{ emoji: HARMLESS }],
      },
    ],
  });
  const long = CHATS.find(({ text }) => text.length === 100_000);
  for (const [, text] of textsIn(await shownOf(long))) expect(text.length).toBeLessThanOrEqual(4096);
});
