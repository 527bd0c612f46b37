import { expect, it } from "vitest";
import { approvers } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { LAB, PERSON, TEXT, gated } from "../gated.js";
import { callsOf, open } from "./desk.js";

async function filled(messages: number) {
  const sandbox = await startSandbox();
  const { client } = await open(sandbox);
  const ids = Array.from({ length: messages }, (_, n) => sandbox.world.post(PERSON, { text: `Line ${n}` }));
  const count = () => sandbox.world.chat(PERSON).count;
  return {
    ...{ sandbox, client, actions: client.actions, ids, count },
    [Symbol.asyncDispose]: () => client.close().then(() => sandbox.close()),
  };
}

it("A long history is cleared part by part", async () => {
  await using desk = await filled(250);
  const before = desk.count();
  const preview = await desk.actions.clearHistory({ chat: PERSON, justClear: true });
  expect(preview.summary).toContain(`all ${before} messages`);
  expect(desk.count()).toBe(before);
  const calls = await callsOf(desk.sandbox, async () => {
    expect(await preview.execute()).toMatchObject({ status: "done" });
  });
  expect(calls.filter((method) => method === "messages.deleteHistory")).toHaveLength(Math.ceil(before / 100));
  expect(desk.count()).toBe(0);
  expect(await desk.actions.clearHistory({ chat: PERSON }, { confirm: true })).toMatchObject({ status: "unchanged" });
});

it("Only the messages up to the one that was named go", async () => {
  await using desk = await filled(3);
  await desk.actions.clearHistory({ chat: PERSON, maxId: desk.ids[1] ?? 0 }, { confirm: true });
  expect([...desk.sandbox.world.chat(PERSON).messages()].map(({ id }) => id)).toEqual([desk.ids[2]]);
});

it("A message that came after the preview is not cleared with the others", async () => {
  await using desk = await filled(2);
  await using coded = await gated(desk.sandbox, { approver: approvers.code({ minAgeMs: 0 }) });
  const preview = await coded.client.actions.clearHistory({ chat: PERSON });
  desk.sandbox.world.post(PERSON, { text: "Wait" });
  const before = desk.count();
  await expect(preview.execute({ confirmationText: TEXT })).rejects.toMatchObject({
    code: "approval_invalid",
    message: expect.stringContaining("new ones came") as string,
  });
  expect(desk.count()).toBe(before);
});

it("A supergroup's history is cleared for this account alone, if that was asked", async () => {
  await using desk = await filled(0);
  const { count } = desk.sandbox.world.chat(LAB);
  expect(await desk.actions.clearHistory({ chat: LAB, revoke: false }, { confirm: true })).toMatchObject({
    status: "done",
  });
  expect(desk.sandbox.world.chat(LAB).count).toBe(count);
  expect(await desk.client.read.messages(LAB, { limit: 5 }).toArray()).toEqual([]);
});

it("A clearing that was cut off goes on up to the message that was approved, whatever came since", async () => {
  await using desk = await filled(250);
  const away = new AbortController();
  desk.sandbox.faults.add({ method: "messages.deleteHistory", nth: 1, drop: "after" });
  const stop = desk.sandbox.onRequest(({ method }) => {
    if (method === "messages.deleteHistory") away.abort(new Error("gone"));
  });
  const clear = (signal?: AbortSignal) =>
    desk.actions.clearHistory({ chat: PERSON }, { confirm: true }, signal === undefined ? {} : { signal });
  await expect(clear(away.signal)).rejects.toThrow("gone");
  stop();
  const left = desk.count();
  expect(left).toBeGreaterThan(0);
  const since = desk.sandbox.world.post(PERSON, { text: "Wait" });
  expect(await clear()).toMatchObject({ status: "done", result: { maxId: desk.ids.at(-1) } });
  expect([...desk.sandbox.world.chat(PERSON).messages()].map(({ id }) => id)).toEqual([since]);
});
