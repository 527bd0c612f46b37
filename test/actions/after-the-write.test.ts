import { expect, it } from "vitest";
import { approvers, type ActionsOptions } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { failingStore } from "../support/failing-store.js";
import { copies, freshStore, gated, LAB } from "./gated.js";
import { callsOf } from "./operations/desk.js";

const PRIYA = "@priya_raman";
const LIV = "@liv_paints";
const COUNCIL = "@harbour_council";
const CONFIRM = { confirm: true };
const ACTION = "action:";

/** A client whose store can be told to fail, and how often its person was asked. */
async function opened(actions: ActionsOptions = {}) {
  const sandbox = await startSandbox();
  const shared = freshStore();
  const failing = failingStore(shared.store);
  let asked = 0;
  const approver = approvers.callback(() => {
    asked++;
    return true;
  });
  const open = { requireAllowlist: false, unsafeOverride: true };
  const desk = await gated(sandbox, { approver, ...open, ...actions }, { ...shared, store: failing.store });
  return {
    sandbox,
    failing,
    actions: desk.client.actions,
    asked: () => asked,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose]().then(() => sandbox.close()),
  };
}

/** Does something once, when the server has such a request. */
function onFirst(sandbox: Sandbox, wanted: string, act: () => void): void {
  const stop = sandbox.onRequest(({ method }) => {
    if (method !== wanted) return;
    stop();
    act();
  });
}

const isIn = (sandbox: Sandbox, chat: string, user: string): boolean => {
  const { id } = sandbox.world.chat(user);
  return [...sandbox.world.chat(chat).members()].some(({ userId }) => userId === id);
};

it("A lease that could not be renewed while Telegram took its time is no proof that nothing was sent", async () => {
  await using desk = await opened({ leaseMs: 1000 });
  const { sandbox, failing, actions } = desk;
  sandbox.faults.add({ method: "messages.sendMessage", nth: 1, delayMs: 1500 });
  onFirst(sandbox, "messages.sendMessage", () => {
    failing.failNext(ACTION);
  });
  const input = { chat: LAB, text: "Low water at six" };
  const sent = actions.sendMessage(input, CONFIRM);
  await expect(sent).rejects.toMatchObject({ code: "outcome_unknown", applied: "unknown" });
  expect(failing.refused()).toBe(1);
  expect(await actions.sendMessage(input, CONFIRM)).toMatchObject({ status: "done" });
  expect([copies(sandbox, input.text), desk.asked()]).toEqual([1, 1]);
});

it("Who was banned to be removed is let back in, although the ban could not be written down", async () => {
  await using desk = await opened();
  const { sandbox, failing, actions } = desk;
  onFirst(sandbox, "channels.editBanned", () => {
    failing.failNext(ACTION);
  });
  const remove = () => actions.removeMember({ chat: LAB, user: PRIYA }, CONFIRM);
  await expect(remove()).rejects.toMatchObject({ code: "outcome_unknown" });
  expect(await remove()).toMatchObject({ status: "done" });
  expect([isIn(sandbox, LAB, PRIYA), desk.asked()]).toEqual([false, 1]);
  await actions.addMember({ chat: LAB, user: PRIYA }, CONFIRM);
  expect(isIn(sandbox, LAB, PRIYA)).toBe(true);
});

it("Who took another's place has done so, although it could not be written down", async () => {
  await using desk = await opened();
  const { sandbox, failing, actions } = desk;
  onFirst(sandbox, "channels.inviteToChannel", () => {
    failing.failNext(ACTION);
  });
  const migrate = () => actions.migrateMember({ chat: LAB, oldUser: PRIYA, newUser: LIV }, CONFIRM);
  await expect(migrate()).rejects.toMatchObject({ code: "outcome_unknown" });
  expect(isIn(sandbox, LAB, LIV)).toBe(true);
  expect(await migrate()).toMatchObject({ status: "done" });
  expect([isIn(sandbox, LAB, LIV), isIn(sandbox, LAB, PRIYA), desk.asked()]).toEqual([true, false, 1]);
});

it("A chat that was joined is joined, although nobody could look it up afterwards", async () => {
  await using desk = await opened();
  const { sandbox, actions } = desk;
  await actions.leaveDialog({ chat: COUNCIL }, CONFIRM);
  onFirst(sandbox, "channels.joinChannel", () => {
    sandbox.faults.add({ method: "channels.getChannels", error: "FLOOD_WAIT_1000" });
  });
  const { id } = sandbox.world.chat(COUNCIL);
  expect(await actions.joinChat({ chat: COUNCIL }, CONFIRM)).toMatchObject({ status: "done", result: { chatId: id } });
});

it("A resumed removal that cannot look who is there does not say that nothing was done", async () => {
  await using desk = await opened();
  const { sandbox, actions } = desk;
  const away = new AbortController();
  onFirst(sandbox, "channels.editBanned", () => {
    away.abort(new Error("gone"));
  });
  sandbox.faults.add({ method: "channels.editBanned", nth: 1, drop: "after" });
  const remove = (signal?: AbortSignal) =>
    actions.removeMember({ chat: LAB, user: PRIYA }, CONFIRM, signal === undefined ? {} : { signal });
  await expect(remove(away.signal)).rejects.toThrow("gone");
  sandbox.faults.add({ method: "channels.getParticipant", nth: 1, error: "CHAT_ADMIN_REQUIRED" });
  await expect(remove()).rejects.toMatchObject({ code: "outcome_unknown", applied: "unknown" });
  const calls = await callsOf(sandbox, async () => {
    expect(await remove()).toMatchObject({ status: "done" });
  });
  expect(calls).toContain("channels.editBanned");
});
