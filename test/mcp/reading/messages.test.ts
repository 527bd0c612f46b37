import { afterAll, beforeAll, expect, it } from "vitest";
import type { WorldMessage } from "tg-guarded/testing";
import { GAZETTE, itemsOf, LAB, pagesOf, readingDesk, type ReadingDesk } from "./reading-desk.js";

const FORUM = "@quayside_forum";
const TALK = "@tide_talk_chat";

let desk: ReadingDesk;
beforeAll(async () => {
  desk = await readingDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

/** The ids that the world has, newest first; service messages left out. */
const idsIn = (chat: string, wanted: (message: WorldMessage) => boolean = () => true): readonly number[] =>
  [...desk.sandbox.world.chat(chat).messages()]
    .filter((message) => message.action === undefined && wanted(message))
    .map(({ id }) => id)
    .reverse();

const idsOf = (messages: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] =>
  messages.map(({ id }) => id);

it("tg_get_messages goes through a whole chat by its cursor, with neither gap nor repetition", async () => {
  const pages = await pagesOf(desk, "tg_get_messages", { group: LAB, limit: 150 }, "messages");
  expect(idsOf(pages.flat())).toEqual(idsIn(LAB));
  expect(pages.length).toBeGreaterThanOrEqual(3);
});

it("tg_get_messages keeps to min_id, and adds service messages and names for who asks", async () => {
  const [newest = 0] = idsIn(LAB);
  const args = { group: LAB, min_id: newest - 20, fields: ["sender_name", "service"] };
  const messages = itemsOf(await desk.call("tg_get_messages", args), "messages");
  const all = [...desk.sandbox.world.chat(LAB).messages()].filter(({ id }) => id > newest - 20);
  expect(idsOf(messages)).toEqual(all.map(({ id }) => id).reverse());
  expect(messages.every(({ sender_name }) => typeof sender_name === "string")).toBe(true);
});

it("A small room gives less at a time, and all in the end", async () => {
  await using small = await readingDesk({ roomChars: 3000 });
  const pages = await pagesOf(small, "tg_get_messages", { group: FORUM, limit: 100 }, "messages");
  expect(pages.length).toBeGreaterThan(1);
  expect(idsOf(pages.flat())).toEqual(idsIn(FORUM));
  const [first] = await pagesOf(small, "tg_get_messages", { group: LAB, limit: 40 }, "messages");
  expect(JSON.stringify(first).length).toBeLessThan(3000);
});

it("tg_get_messages_since ends where the moment is, without a limit too", async () => {
  const all = [...desk.sandbox.world.chat(LAB).messages()];
  const from = all.at(-30)?.date ?? 0;
  const cutoff_iso = new Date(from * 1000).toISOString();
  const answer = await desk.call("tg_get_messages_since", { group: LAB, cutoff_iso });
  expect(answer["cutoff_iso"]).toBe(cutoff_iso);
  expect(idsOf(itemsOf(answer, "messages"))).toEqual(idsIn(LAB, ({ date }) => date >= from));
  const few = await desk.call("tg_get_messages_since", { group: LAB, cutoff_iso, limit: 4 });
  expect(few).toMatchObject({ count: 4, next_cursor: expect.any(String) as string });
});

it.each(["yesterday", "2025-13-45", "2025-06-01 12:00", ""])("%j is no moment", async (cutoff_iso) => {
  expect(await desk.call("tg_get_messages_since", { group: LAB, cutoff_iso })).toMatchObject({
    success: false,
    code: "input_invalid",
    error: expect.stringContaining("ISO date") as string,
  });
});

it("tg_get_message_count and tg_get_group_creation_date ask once each", async () => {
  const chat = desk.sandbox.world.chat(LAB);
  const [first] = [...chat.messages()];
  await desk.call("tg_get_message_count", { group: LAB });
  const methods = await desk.methodsOf(async () => {
    expect(await desk.call("tg_get_message_count", { group: LAB })).toMatchObject({
      group: LAB,
      message_count: chat.count,
    });
    expect(await desk.call("tg_get_group_creation_date", { group: chat.id })).toMatchObject({
      group: String(chat.id),
      creation_date: new Date((first?.date ?? 0) * 1000).toISOString(),
    });
  });
  expect(methods).toHaveLength(2);
});

it("tg_search_messages finds in one chat what the world has", async () => {
  const answer = await desk.call("tg_search_messages", { query: "tide", group: LAB, limit: 200 });
  expect(idsOf(itemsOf(answer, "messages"))).toEqual(idsIn(LAB, ({ text }) => /\btide/i.test(text)));
  expect(answer["count"]).toBeGreaterThan(0);
  expect(itemsOf(answer, "messages").some((message) => "chat_id" in message)).toBe(false);
});

it("tg_search_messages without a group looks into all chats, says which, and goes on by its cursor", async () => {
  const pages = await pagesOf(desk, "tg_search_messages", { query: "harbour", limit: 5 }, "messages");
  const found = pages.flat().map(({ chat_id, id }) => `${String(chat_id)}/${String(id)}`);
  expect(pages.length).toBeGreaterThan(1);
  expect(new Set(found).size).toBe(found.length);
  expect(new Set(pages.flat().map(({ chat_id }) => chat_id)).size).toBeGreaterThan(1);
});

it("tg_search_messages takes a person in one chat only", async () => {
  expect(await desk.call("tg_search_messages", { query: "tide", from_user: "@kenta_nakamura" })).toMatchObject({
    code: "input_invalid",
    error: "The argument from_user needs a group.",
  });
  const kenta = desk.sandbox.world.chat("@kenta_nakamura").id;
  const args = { query: "the", group: LAB, from_user: "@kenta_nakamura" };
  const messages = itemsOf(await desk.call("tg_search_messages", args), "messages");
  expect(messages.length).toBeGreaterThan(0);
  expect(new Set(messages.map(({ from_id }) => from_id))).toEqual(new Set([kenta]));
});

it("tg_get_topics and tg_get_topic_messages show a forum", async () => {
  const whole = await desk.call("tg_get_topics", { group: FORUM });
  const topics = itemsOf(whole, "topics");
  expect(topics.length).toBeGreaterThan(2);
  expect(whole).not.toHaveProperty("next_offset");
  const pages = await pagesOf(desk, "tg_get_topics", { group: FORUM, limit: 2 }, "topics");
  expect(pages.flat()).toEqual(topics);
  const topic_id = topics.find(({ id }) => id !== 1)?.["id"];
  const answer = await desk.call("tg_get_topic_messages", { group: FORUM, topic_id });
  expect(idsOf(itemsOf(answer, "messages"))).toEqual(
    idsIn(FORUM, (message) => message.inTopic === true && message.topId === topic_id),
  );
  expect(await desk.call("tg_get_topics", { group: LAB })).toMatchObject({ success: false });
});

it("tg_get_replies shows a thread, and below a post of a channel its comments", async () => {
  const top = [...desk.sandbox.world.chat(LAB).messages()].find(({ topId }) => topId !== undefined)?.topId ?? 0;
  const answer = await desk.call("tg_get_replies", { group: LAB, message_id: top });
  expect(idsOf(itemsOf(answer, "messages"))).toEqual(idsIn(LAB, ({ topId }) => topId === top));
  expect(answer["count"]).toBeGreaterThan(0);
  const posts = itemsOf(await desk.call("tg_get_messages", { group: "@tide_talk" }), "messages");
  const post = posts.find(({ replies }) => Number(replies) > 0);
  const comments = await desk.call("tg_get_replies", { group: "@tide_talk", message_id: post?.["id"] });
  const chats = itemsOf(comments, "messages").map(({ chat_id }) => chat_id);
  expect(new Set(chats)).toEqual(new Set([desk.sandbox.world.chat(TALK).id]));
});

it("tg_get_pinned_messages shows those that are pinned", async () => {
  const messages = itemsOf(await desk.call("tg_get_pinned_messages", { group: TALK }), "messages");
  expect(idsOf(messages)).toEqual(idsIn(TALK, ({ pinned }) => pinned === true));
  expect(messages.length).toBeGreaterThan(1);
  expect(messages.every(({ is_pinned }) => is_pinned === true)).toBe(true);
  expect(await desk.call("tg_get_pinned_messages", { group: GAZETTE })).toMatchObject({ count: 0, messages: [] });
});

it.each([
  ["tg_get_messages", {}],
  ["tg_get_messages_since", { cutoff_iso: "2025-01-01" }],
  ["tg_get_message_count", {}],
  ["tg_get_group_creation_date", {}],
  ["tg_search_messages", { query: "tide" }],
  ["tg_get_topics", {}],
  ["tg_get_topic_messages", { topic_id: 1 }],
  ["tg_get_replies", { message_id: 1 }],
  ["tg_get_pinned_messages", {}],
  ["tg_get_participants", {}],
  ["tg_search_participants", { query: "a" }],
  ["tg_download_media", { message_id: 1 }],
  ["tg_export_messages", { output_file: "x.jsonl" }],
  ["tg_export_participants", { output_file: "x.jsonl" }],
])("%s does not know a chat that is not there, and not what it does not name", async (name, args) => {
  expect(await desk.call(name, { group: "@nobody_is_called_so", ...args })).toMatchObject({
    success: false,
    code: "chat_not_found",
  });
  expect(await desk.call(name, { group: LAB, ...args, raw: true })).toMatchObject({
    code: "input_invalid",
    error: "No argument is called raw.",
  });
});

it("A host that asks hears how far a listing is, and one that gives it up stops it", async () => {
  const heard: number[] = [];
  const ask = { name: "tg_get_messages", arguments: { group: LAB, limit: 250 } };
  await desk.host.callTool(ask, undefined, { onprogress: ({ progress }) => heard.push(progress) });
  expect(heard).toEqual([...heard].sort((a, b) => a - b));
  expect(heard.at(-1)).toBe(250);
  const stop = new AbortController();
  desk.sandbox.faults.set([{ method: "messages.getHistory", silence: true }]);
  const asking = desk.host.callTool(ask, undefined, { signal: stop.signal });
  stop.abort(new Error("given up"));
  await expect(asking).rejects.toThrow("given up");
  desk.sandbox.faults.set([]);
  expect(await desk.call("tg_get_messages", { group: LAB, limit: 1 })).toMatchObject({ count: 1 });
});
