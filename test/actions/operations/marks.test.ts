import { expect, it } from "vitest";
import { startSandbox } from "tg-guarded/testing";
import { LAB, PERSON } from "../gated.js";
import { open, refusalOf } from "./desk.js";

async function opened() {
  const sandbox = await startSandbox();
  const { client } = await open(sandbox);
  const messageId = sandbox.world.post(LAB, { from: "@jonas_lq", text: "High water at six" });
  const message = () => sandbox.world.chat(LAB).byId(messageId);
  const input = { chat: LAB, messageId };
  return {
    ...{ sandbox, client, actions: client.actions, input, message },
    [Symbol.asyncDispose]: () => client.close().then(() => sandbox.close()),
  };
}

it("A message is pinned and unpinned, once each", async () => {
  await using desk = await opened();
  const preview = await desk.actions.pinMessage(desk.input);
  expect(preview.summary).toContain("High water at six");
  expect(desk.message()?.pinned ?? false).toBe(false);
  expect(await preview.execute()).toMatchObject({ status: "done", result: { isPinned: true } });
  expect(desk.message()?.pinned).toBe(true);
  const again = desk.actions.pinMessage({ ...desk.input, idempotencyKey: "again" }, { confirm: true });
  expect(await again).toMatchObject({ status: "unchanged" });
  await desk.actions.pinMessage({ ...desk.input, unpin: true }, { confirm: true });
  expect(desk.message()?.pinned ?? false).toBe(false);
  expect(await refusalOf(desk.actions.pinMessage({ ...desk.input, messageId: 9_999_999 }))).toBe("message_not_found");
});

it("A pin whose answer was lost is announced once", async () => {
  await using desk = await opened();
  const before = desk.sandbox.world.chat(LAB).count;
  desk.sandbox.faults.add({ method: "messages.updatePinnedMessage", nth: 1, drop: "after" });
  expect(await desk.actions.pinMessage(desk.input, { confirm: true })).toMatchObject({ status: "done" });
  expect(desk.sandbox.world.chat(LAB).count).toBe(before + 1);
});

it("A reaction is given and taken back", async () => {
  await using desk = await opened();
  const counts = () => desk.message()?.reactions?.map(({ reaction, count }) => [reaction.emoticon, count]) ?? [];
  const preview = await desk.actions.react({ ...desk.input, emoji: "👍" });
  expect(counts()).toEqual([]);
  await preview.execute();
  expect(counts()).toEqual([["👍", 1]]);
  const again = desk.actions.react({ ...desk.input, emoji: "👍", idempotencyKey: "again" }, { confirm: true });
  expect(await again).toMatchObject({ status: "unchanged" });
  expect(await refusalOf(desk.actions.react({ ...desk.input, emoji: "no emoji" }, { confirm: true }))).toMatch(
    /^REACTION/,
  );
  await desk.actions.react({ ...desk.input, emoji: null }, { confirm: true });
  expect(counts()).toEqual([]);
});

it.each([LAB, PERSON])("%s is marked as read, and then there is nothing to do", async (chat) => {
  await using desk = await opened();
  desk.sandbox.world.post(chat, chat === LAB ? { from: "@jonas_lq", text: "News" } : { text: "News" });
  const { id } = desk.sandbox.world.chat(chat);
  const unread = async () =>
    (await desk.client.read.dialogs({ limit: 100 }).toArray()).find((dialog) => dialog.id === id)?.unreadCount;
  const preview = await desk.actions.markRead({ chat });
  expect(await unread()).toBeGreaterThan(0);
  expect(await preview.execute()).toMatchObject({ status: "done" });
  expect(await unread()).toBe(0);
  const again = desk.actions.markRead({ chat, idempotencyKey: "again" }, { confirm: true });
  expect(await again).toMatchObject({ status: "unchanged" });
});
