import { describe, expect, it, vi } from "vitest";
import { approvers, GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { LAB, TEXT, gated } from "./gated.js";
import { open, refusalOf, resultOf } from "./operations/desk.js";

const FORUM = "@quayside_forum";
const GATE = { confirm: true };
const newest = (sandbox: Sandbox, chat: string) => [...sandbox.world.chat(chat).messages()].at(-1);

describe("A message", () => {
  it("goes without a sound, in answer to another, if that was asked", async () => {
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox);
    const replyTo = sandbox.world.post(LAB, { from: "@jonas_lq", text: "When?" });
    await resultOf(desk.client.actions.sendMessage({ chat: LAB, text: "Noon", silent: true, replyTo }, GATE));
    expect(newest(sandbox, LAB)).toMatchObject({ text: "Noon", silent: true, replyTo });
  });

  it("goes into a forum's topic, and its preview says so", async () => {
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox);
    const [topic] = await desk.client.read.topics(FORUM, { limit: 1 }).toArray();
    const input = { chat: FORUM, text: "In its place", topic: topic?.id ?? 0 };
    expect((await desk.client.actions.sendMessage(input)).summary).toContain(`in topic ${topic?.id}`);
    await resultOf(desk.client.actions.sendMessage(input, GATE));
    const there = await desk.client.read.messages(FORUM, { topic: topic?.id ?? 0, limit: 1 }).toArray();
    expect(there).toMatchObject([{ text: "In its place" }]);
  });

  it("waits for its time at Telegram, once, and is found there when nobody knows whether it arrived", async () => {
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox, { replayWindowMs: 0 });
    const schedule = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
    const input = { chat: LAB, text: "Later", schedule };
    const lost = new AbortController();
    sandbox.faults.add({ method: "messages.sendMessage", nth: 1, drop: "after" });
    const stop = sandbox.onRequest(({ method }) => {
      if (method === "messages.sendMessage") lost.abort(new Error("gone"));
    });
    await expect(desk.client.actions.sendMessage(input, GATE, { signal: lost.signal })).rejects.toThrow("gone");
    stop();
    await desk.clock.advance(60_000);
    expect(await desk.client.actions.sendMessage(input, GATE)).toMatchObject({
      status: "done",
      result: { date: schedule.toISOString() },
    });
    expect(sandbox.world.scheduled(LAB)).toMatchObject([{ text: "Later", date: schedule.getTime() / 1000 }]);
  });

  it.each([LAB, "me"])(
    "to %s is looked for when the time for repeating it is over, and never sent twice",
    async (chat) => {
      await using sandbox = await startSandbox();
      await using desk = await open(sandbox, { replayWindowMs: 0 });
      const { actions } = desk.client;
      const lost = new AbortController();
      sandbox.faults.add({ method: "messages.sendMessage", nth: 1, drop: "after" });
      const stop = sandbox.onRequest(({ method }) => {
        if (method === "messages.sendMessage") lost.abort(new Error("gone"));
      });
      const input = { chat, text: "Only once" };
      await expect(actions.sendMessage(input, GATE, { signal: lost.signal })).rejects.toThrow("gone");
      stop();
      await desk.clock.advance(60_000);
      const before = sandbox.log.filter(({ method }) => method === "messages.sendMessage").length;
      expect(await actions.sendMessage(input, GATE)).toMatchObject({ status: "done", repeated: false });
      expect(sandbox.log.filter(({ method }) => method === "messages.sendMessage")).toHaveLength(before);
      const there = await desk.client.read.messages(chat, { limit: 10 }).toArray();
      expect(there.filter(({ text }) => text === "Only once")).toHaveLength(1);
    },
  );

  it("that cannot be found then is reported as unknown, with what to do", async () => {
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox, { replayWindowMs: 0 });
    const { actions } = desk.client;
    const lost = new AbortController();
    sandbox.faults.add({ method: "messages.sendMessage", nth: 1, drop: "before" });
    const stop = sandbox.onRequest(({ method }) => {
      if (method === "messages.sendMessage") lost.abort(new Error("gone"));
    });
    const input = { chat: LAB, text: "Perhaps" };
    await expect(actions.sendMessage(input, GATE, { signal: lost.signal })).rejects.toThrow("gone");
    stop();
    await desk.clock.advance(60_000);
    await expect(actions.sendMessage(input, GATE)).rejects.toMatchObject({
      code: "outcome_unknown",
      applied: "unknown",
      nextStep: expect.stringContaining("Look into the chat") as string,
    });
    expect([...sandbox.world.chat(LAB).messages()].filter(({ text }) => text === "Perhaps")).toHaveLength(0);
  });
});

describe("Telegram's refusals of a write", () => {
  it("slow mode: is told with its wait, and the approval stays valid", async () => {
    await using sandbox = await startSandbox();
    const actions = { allow: [LAB], approver: approvers.code({ minAgeMs: 0 }) };
    // No admin there, for whom slow mode does not count.
    const options = sandbox.clientOptions(sandbox.info.accounts[1]?.id);
    await using tomas = await GuardedClient.open({ ...options, store: memoryStore(), actions });
    sandbox.world.setSlowMode(LAB, 300);
    const preview = (text: string) => tomas.actions.sendMessage({ chat: LAB, text });
    await (await preview("first")).execute({ confirmationText: TEXT });
    const second = await preview("second");
    const refusal = { code: "flood_wait", details: { name: "SLOWMODE_WAIT_300" }, applied: "no" };
    await expect(second.execute({ confirmationText: TEXT })).rejects.toMatchObject(refusal);
  });

  it("a removed account: is told plainly, and nothing is sent", async () => {
    await using sandbox = await startSandbox();
    await using desk = await gated(sandbox);
    const preview = await desk.client.actions.sendMessage({ chat: LAB, text: "Still here?" });
    sandbox.world.kick(LAB, "@mira_halvorsen");
    await expect(preview.execute({ confirmationText: TEXT })).rejects.toMatchObject({ applied: "no" });
    expect([...sandbox.world.chat(LAB).messages()].some(({ text }) => text === "Still here?")).toBe(false);
  });

  it("somebody who left by himself is not brought back: USER_NOT_MUTUAL_CONTACT", async () => {
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox);
    const tomas = sandbox.info.accounts[1]?.id ?? 0;
    sandbox.world.admit(LAB, tomas);
    const actions = { approver: approvers.callback(() => true), allow: [LAB] };
    const options = { ...sandbox.clientOptions(tomas), store: memoryStore(), actions };
    await using leaving = await GuardedClient.open(options);
    await leaving.actions.leaveDialog({ chat: LAB }, GATE);
    sandbox.world.setContact("@mira_halvorsen", tomas, false);
    const add = desk.client.actions.addMember({ chat: LAB, user: tomas }, GATE);
    expect(await refusalOf(add)).toBe("USER_NOT_MUTUAL_CONTACT");
  });
});

it("A message that another action is known to have sent is not taken for one's own", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox, { replayWindowMs: 0 });
  const { actions } = desk.client;
  await resultOf(actions.sendMessage({ chat: LAB, text: "The same words", idempotencyKey: "first" }, GATE));
  const lost = new AbortController();
  sandbox.faults.add({ method: "messages.sendMessage", nth: 1, drop: "before" });
  const stop = sandbox.onRequest(({ method }) => {
    if (method === "messages.sendMessage") lost.abort(new Error("gone"));
  });
  const second = { chat: LAB, text: "The same words", idempotencyKey: "second" };
  await expect(actions.sendMessage(second, GATE, { signal: lost.signal })).rejects.toThrow("gone");
  stop();
  await desk.clock.advance(60_000);
  await expect(actions.sendMessage(second, GATE)).rejects.toMatchObject({ code: "outcome_unknown" });
});

it("A scheduled message is found also when its time is near, and when it has gone out", async () => {
  const realNow = Date.now.bind(Date);
  let offsetMs = 0;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => realNow() + offsetMs);
  try {
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox, { replayWindowMs: 0 });
    const schedule = new Date(realNow() + 3_600_000);
    const lost = new AbortController();
    sandbox.faults.add({ method: "messages.sendMessage", nth: 1, drop: "after" });
    const stop = sandbox.onRequest(({ method }) => {
      if (method === "messages.sendMessage") lost.abort(new Error("gone"));
    });
    const input = { chat: LAB, text: "At its time", schedule };
    await expect(desk.client.actions.sendMessage(input, GATE, { signal: lost.signal })).rejects.toThrow("gone");
    stop();
    await desk.clock.advance(60_000);
    offsetMs = 3_660_000;
    expect(await desk.client.actions.sendMessage(input, GATE)).toMatchObject({ status: "done", repeated: false });
    expect([...sandbox.world.chat(LAB).messages()].filter(({ text }) => text === "At its time")).toHaveLength(1);
    for (const aheadMs of [-1000, 1000, 9000]) {
      const tooLate = { ...input, text: "Too late", schedule: new Date(Date.now() + aheadMs) };
      await expect(desk.client.actions.sendMessage(tooLate)).rejects.toMatchObject({ code: "input_invalid" });
    }
  } finally {
    clock.mockRestore();
  }
});
