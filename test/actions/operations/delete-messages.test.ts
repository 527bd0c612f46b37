import { expect, it } from "vitest";
import { startSandbox } from "tg-guarded/testing";
import { LAB, PERSON } from "../gated.js";
import { callsOf, open, refusalOf } from "./desk.js";

it("Deleting takes away exactly what the preview named, for everybody", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions } = desk.client;
  const ids = ["One", "Two"].map((text) => sandbox.world.post(LAB, { from: "@jonas_lq", text }));
  const before = sandbox.world.chat(LAB).count;
  const preview = await actions.deleteMessages({ chat: LAB, messageIds: [...ids, ...ids] });
  expect(preview.summary).toMatch(/2 messages by Jonas Lindqvist .* for everybody: \d+ "One", \d+ "Two"/);
  expect(preview.warnings.join()).toContain("2 of them were written by others");
  expect(sandbox.world.chat(LAB).count).toBe(before);
  expect(await preview.execute()).toMatchObject({ status: "done", result: { messageIds: ids } });
  expect(ids.map((id) => sandbox.world.chat(LAB).byId(id))).toEqual([undefined, undefined]);
  expect(sandbox.world.chat(LAB).count).toBe(before - 2);
  const again = actions.deleteMessages({ chat: LAB, messageIds: ids, idempotencyKey: "again" }, { confirm: true });
  expect(await again).toMatchObject({ status: "unchanged" });
});

it("Ids that belong to another chat of the account are not deleted", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions } = desk.client;
  const elsewhere = [...sandbox.world.chat("Family 🏡").messages()].slice(-2).map(({ id }) => id);
  const here = sandbox.world.post(PERSON, { text: "Here" });
  const input = { chat: PERSON, messageIds: [...elsewhere, here], revoke: false };
  expect((await actions.deleteMessages(input)).warnings.join()).toContain(String(elsewhere[0]));
  await actions.deleteMessages(input, { confirm: true });
  expect(elsewhere.map((id) => sandbox.world.chat("Family 🏡").byId(id)?.id)).toEqual(elsewhere);
  expect(sandbox.world.chat(PERSON).byId(here)).toBeUndefined();
});

it("Deleting is refused where the ids make no sense, or the right is missing", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions } = desk.client;
  const calls = await callsOf(sandbox, async () => {
    for (const messageIds of [[], [0], [1.5], Array.from({ length: 101 }, (_, index) => index + 1)]) {
      expect(await refusalOf(actions.deleteMessages({ chat: LAB, messageIds }))).toBe("input_invalid");
    }
  });
  expect(calls).toEqual([]);
  const foreign = sandbox.world.post("Night Watch", { from: "Einar H.", text: "Not yours" });
  const input = { chat: "Night Watch", messageIds: [foreign] };
  expect(await refusalOf(actions.deleteMessages(input, { confirm: true }))).toBe("MESSAGE_DELETE_FORBIDDEN");
});
