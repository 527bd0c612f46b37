import { afterAll, beforeAll, expect, it } from "vitest";
import type { McpDesk } from "./desk.js";
import { readingDesk } from "./reading/reading-desk.js";

let desk: McpDesk;
beforeAll(async () => {
  desk = await readingDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

it("tg_get_messages gives messages and goes on where it was", async () => {
  const first = await desk.call("tg_get_messages", { group: "@tidewater_lab", limit: 3 });
  expect(first).toMatchObject({ count: 3, untrusted: { fields: ["messages[].text"] } });
  const next = await desk.call("tg_get_messages", { group: "@tidewater_lab", limit: 3, cursor: first["next_cursor"] });
  const ids = [first, next].flatMap(({ messages }) => (messages as { id: number }[]).map(({ id }) => id));
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  expect(new Set(ids).size).toBe(6);
});

it("Wrong arguments are told by name, unknown ones first", async () => {
  expect(await desk.call("tg_get_messages", { grup: "@tidewater_lab" })).toMatchObject({
    success: false,
    code: "input_invalid",
    error: "No argument is called grup.",
  });
  expect(await desk.call("tg_get_messages", { group: 5.5 })).toMatchObject({
    code: "input_invalid",
    error: "The argument group: must be a @username, an id or a title.",
  });
  expect(await desk.call("tg_get_messages", { group: "@nobody_is_called_so" })).toMatchObject({
    code: "chat_not_found",
    applied: "no",
  });
});
