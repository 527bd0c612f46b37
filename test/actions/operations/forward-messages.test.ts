import { expect, it } from "vitest";
import { approvers } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { LAB, PERSON, TEXT, gated } from "../gated.js";
import { open, refusalOf } from "./desk.js";

async function posted() {
  const sandbox = await startSandbox();
  const { client } = await open(sandbox);
  const ids = ["First", "Second"].map((text) => sandbox.world.post(LAB, { from: "@jonas_lq", text }));
  const arrived = () => [...sandbox.world.chat(PERSON).messages()].slice(-2);
  const input = { from: LAB, to: PERSON, messageIds: ids };
  return {
    sandbox,
    client,
    actions: client.actions,
    ids,
    input,
    arrived,
    [Symbol.asyncDispose]: () => client.close().then(() => sandbox.close()),
  };
}

it("Forwarded messages arrive once, in their order, and cost a unit each", async () => {
  await using desk = await posted();
  const before = desk.sandbox.world.chat(PERSON).count;
  const preview = await desk.actions.forwardMessages(desk.input);
  expect(preview).toMatchObject({ targets: [{ username: "tidewater_lab" }, { username: "jonas_lq" }] });
  expect(desk.sandbox.world.chat(PERSON).count).toBe(before);
  const outcome = await preview.execute();
  expect(desk.arrived().map(({ text }) => text)).toEqual(["First", "Second"]);
  expect(outcome).toMatchObject({ result: { messageIds: desk.arrived().map(({ id }) => id) } });
  expect((await desk.actions.forwardMessages({ ...desk.input, dropAuthor: true })).quotaLeft).toBe(
    (preview.quotaLeft ?? 0) - 2,
  );
});

it("Forwarding without authors does not say whose they were", async () => {
  await using desk = await posted();
  await desk.actions.forwardMessages({ ...desk.input, dropAuthor: true }, { confirm: true });
  expect(desk.arrived().map(({ text, forward }) => [text, forward])).toEqual([
    ["First", undefined],
    ["Second", undefined],
  ]);
});

it("An answer that was lost does not forward twice", async () => {
  await using desk = await posted();
  const before = desk.sandbox.world.chat(PERSON).count;
  desk.sandbox.faults.add({ method: "messages.forwardMessages", nth: 1, drop: "after" });
  const outcome = await desk.actions.forwardMessages(desk.input, { confirm: true });
  expect(outcome).toMatchObject({ status: "done", result: { messageIds: desk.arrived().map(({ id }) => id) } });
  expect(desk.sandbox.world.chat(PERSON).count).toBe(before + 2);
});

it("What was passed on to oneself is found there when the time for repeating it is over", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox, { replayWindowMs: 0 });
  const { actions, read } = desk.client;
  const method = "messages.forwardMessages";
  const lost = new AbortController();
  sandbox.faults.add({ method, nth: 1, drop: "after" });
  sandbox.onRequest((entry) => {
    if (entry.method === method) lost.abort(new Error("gone"));
  });
  const input = { from: LAB, to: "me", messageIds: [420] };
  await expect(actions.forwardMessages(input, { confirm: true }, { signal: lost.signal })).rejects.toThrow("gone");
  await desk.clock.advance(60_000);
  const [copy] = await read.messages("me", { limit: 1 }).toArray();
  expect(await actions.forwardMessages(input, { confirm: true })).toMatchObject({
    status: "done",
    result: { messageIds: [copy?.id] },
  });
  expect(sandbox.log.filter((entry) => entry.method === method)).toHaveLength(1);
});

it("Both ends must be on the allowlist", async () => {
  await using desk = await posted();
  for (const allow of [LAB, PERSON]) {
    await using narrow = await gated(desk.sandbox, { allow: [allow] });
    expect(await refusalOf(narrow.client.actions.forwardMessages(desk.input))).toBe("not_allowed");
  }
});

it("A message that was edited since the preview is not forwarded", async () => {
  await using desk = await posted();
  const before = desk.sandbox.world.chat(PERSON).count;
  await using coded = await gated(desk.sandbox, { approver: approvers.code({ minAgeMs: 0 }) });
  const preview = await coded.client.actions.forwardMessages(desk.input);
  desk.sandbox.world.edit(LAB, desk.ids[1] ?? 0, "Changed");
  expect(await refusalOf(preview.execute({ confirmationText: TEXT }))).toBe("approval_invalid");
  const approver = approvers.callback(() => {
    desk.sandbox.world.edit(LAB, desk.ids[1] ?? 0, "Changed again");
    return true;
  });
  await using slow = await gated(desk.sandbox, { approver });
  expect(await refusalOf(slow.client.actions.forwardMessages(desk.input, { confirm: true }))).toBe("input_invalid");
  expect(desk.sandbox.world.chat(PERSON).count).toBe(before);
});

it("What is protected, gone or only tells what happened is refused", async () => {
  await using desk = await posted();
  const service = [...desk.sandbox.world.chat(LAB).messages()].find(({ action }) => action !== undefined)?.id ?? 0;
  const forward = (messageIds: number[]) =>
    desk.actions.forwardMessages({ ...desk.input, messageIds }, { confirm: true });
  expect(await refusalOf(forward([9_999_999]))).toBe("message_not_found");
  expect(await refusalOf(forward([service]))).toBe("input_invalid");
  desk.sandbox.world.protect(LAB);
  expect(await refusalOf(forward(desk.ids))).toBe("CHAT_FORWARDS_RESTRICTED");
});
