import { afterAll, beforeAll, expect, it } from "vitest";
import { itemsOf, LAB, pagesOf, readingDesk, type ReadingDesk } from "./reading-desk.js";

let desk: ReadingDesk;
beforeAll(async () => {
  desk = await readingDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const membersOf = (chat: string): readonly number[] =>
  [...desk.sandbox.world.chat(chat).members()].map(({ userId }) => userId);
const isBot = (id: number): boolean => desk.sandbox.world.users.get(id)?.bot === true;
const byNumber = (ids: readonly unknown[]): readonly unknown[] => [...ids].sort((a, b) => Number(a) - Number(b));

it("tg_get_participants lists the members without bots, as the original shows them", async () => {
  const answer = await desk.call("tg_get_participants", { group: LAB });
  const shown = itemsOf(answer, "participants");
  expect(byNumber(shown.map(({ id }) => id))).toEqual(byNumber(membersOf(LAB).filter((id) => !isBot(id))));
  expect(shown.find(({ username }) => username === "kenta_nakamura")).toMatchObject({
    first_name: "健太",
    status: expect.stringMatching(/^(online|recently|last_week|last_month|offline|unknown)$/) as string,
  });
  expect(answer["count"]).toBe(shown.length);
});

it("tg_get_participants goes on by its cursor", async () => {
  const pages = await pagesOf(desk, "tg_get_participants", { group: LAB, limit: 2 }, "participants");
  const ids = pages.flat().map(({ id }) => id);
  expect(pages.length).toBeGreaterThan(2);
  expect(byNumber(ids)).toEqual(byNumber(membersOf(LAB).filter((id) => !isBot(id))));
});

it("A phone is told only where Telegram shows it", async () => {
  const shown = itemsOf(await desk.call("tg_get_participants", { group: LAB }), "participants");
  const { users } = desk.sandbox.world;
  const told = shown.filter(({ phone }) => phone !== undefined);
  for (const { id, phone } of told) expect(users.get(Number(id))?.phone).toBe(phone);
  expect(told.length).toBeLessThan(shown.length);
});

it("tg_search_participants finds by the beginning of a name", async () => {
  const answer = await desk.call("tg_search_participants", { group: LAB, query: "kenta" });
  expect(itemsOf(answer, "participants").map(({ username }) => username)).toEqual(["kenta_nakamura"]);
  expect(await desk.call("tg_search_participants", { group: LAB, query: "zzz" })).toMatchObject({ count: 0 });
  expect(await desk.call("tg_search_participants", { group: LAB, query: " " })).toMatchObject({
    code: "input_invalid",
  });
  expect(await desk.call("tg_get_participants", { group: "@priya_raman" })).toMatchObject({ code: "input_invalid" });
});

it("tg_get_user_by_id knows whom this account has met", async () => {
  const { id } = desk.sandbox.world.chat("@priya_raman");
  await desk.call("tg_get_my_dialogs");
  expect(await desk.call("tg_get_user_by_id", { user_id: id })).toMatchObject({
    id,
    username: "priya_raman",
    untrusted: { fields: ["username", "first_name", "last_name"] },
  });
  expect(await desk.call("tg_get_user_by_id", { user_id: 4_242_424_242 })).toMatchObject({
    success: false,
    code: "chat_not_found",
  });
  expect(await desk.call("tg_get_user_by_id", { user_id: -5 })).toMatchObject({ code: "input_invalid" });
});

it("tg_get_contacts shows the address book, by parts and by name", async () => {
  const contacts = itemsOf(await desk.call("tg_get_contacts"), "contacts");
  expect(contacts.length).toBeGreaterThan(2);
  const pages = await pagesOf(desk, "tg_get_contacts", { limit: 2 }, "contacts");
  expect(pages.flat()).toEqual(contacts);
  const found = itemsOf(await desk.call("tg_get_contacts", { query: "@LIV_p" }), "contacts");
  expect(found.map(({ username }) => username)).toEqual(["liv_paints"]);
});

it("A small room cuts lists that have no cursor, and tells where they go on", async () => {
  await using small = await readingDesk({ roomChars: 1200 });
  const pages = await pagesOf(small, "tg_get_contacts", {}, "contacts");
  expect(pages.length).toBeGreaterThan(1);
  const topics = await pagesOf(small, "tg_get_topics", { group: "@quayside_forum" }, "topics");
  expect(topics.length).toBeGreaterThan(1);
});

it("What may not be read is refused by name, and left out of lists", async () => {
  await using narrow = await readingDesk({ read: { allow: [LAB] } });
  for (const [name, args] of [
    ["tg_get_messages", {}],
    ["tg_get_messages_since", { cutoff_iso: "2025-01-01" }],
    ["tg_get_message_count", {}],
    ["tg_get_group_creation_date", {}],
    ["tg_search_messages", { query: "a" }],
    ["tg_get_replies", { message_id: 1 }],
    ["tg_get_pinned_messages", {}],
    ["tg_get_participants", {}],
    ["tg_get_topics", {}],
    ["tg_download_media", { message_id: 4 }],
    ["tg_export_messages", { output_file: "x.jsonl" }],
    ["tg_export_participants", { output_file: "x.jsonl" }],
  ] as const) {
    expect([name, await narrow.call(name, { group: "@harbour_gazette", ...args })]).toMatchObject([
      name,
      { code: "not_allowed" },
    ]);
  }
  const lab = narrow.sandbox.world.chat(LAB).id;
  const found = itemsOf(await narrow.call("tg_search_messages", { query: "harbour" }), "messages");
  expect(new Set(found.map(({ chat_id }) => chat_id))).toEqual(new Set([lab]));
  expect(await narrow.call("tg_get_contacts")).toMatchObject({ count: 0 });
  expect(itemsOf(await narrow.call("tg_get_my_dialogs"), "dialogs").map(({ id }) => id)).toEqual([lab]);
});
