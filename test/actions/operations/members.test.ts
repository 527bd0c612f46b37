import { expect, it } from "vitest";
import { approvers, GuardedClient } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { LAB } from "../gated.js";
import { callsOf, open, refusalOf } from "./desk.js";

const [FAMILY, LIV, PRIYA, FATIMA] = ["Family 🏡", "@liv_paints", "@priya_raman", "@fatima_bakes"] as const;

async function opened() {
  const sandbox = await startSandbox();
  const { client } = await open(sandbox);
  return {
    sandbox,
    client,
    actions: client.actions,
    [Symbol.asyncDispose]: () => client.close().then(() => sandbox.close()),
  };
}

function isIn(sandbox: Sandbox, chat: string, user: string): boolean {
  const { id } = sandbox.world.chat(user);
  return [...sandbox.world.chat(chat).members()].some(({ userId }) => userId === id);
}

it.each([
  [LAB, LIV],
  [FAMILY, FATIMA],
])("In %s somebody is added and removed once, and then there is nothing to do", async (chat, user) => {
  await using desk = await opened();
  const input = { chat, user };
  const preview = await desk.actions.addMember(input);
  expect(isIn(desk.sandbox, chat, user)).toBe(false);
  expect(await preview.execute()).toMatchObject({ status: "done", repeated: false });
  expect(isIn(desk.sandbox, chat, user)).toBe(true);
  const again = { ...input, idempotencyKey: "again" };
  expect(await desk.actions.addMember(again, { confirm: true })).toMatchObject({ status: "unchanged" });
  const removal = await desk.actions.removeMember(input);
  expect(removal.quotaLeft).toBe((preview.quotaLeft ?? 0) - 1);
  expect(isIn(desk.sandbox, chat, user)).toBe(true);
  expect(await removal.execute()).toMatchObject({ status: "done" });
  expect(isIn(desk.sandbox, chat, user)).toBe(false);
  expect(await desk.actions.removeMember(again, { confirm: true })).toMatchObject({ status: "unchanged" });
});

it("Who was removed from a supergroup can come back", async () => {
  await using desk = await opened();
  const calls = await callsOf(desk.sandbox, () =>
    desk.actions.removeMember({ chat: LAB, user: PRIYA }, { confirm: true }),
  );
  expect(calls.filter((method) => method === "channels.editBanned")).toHaveLength(2);
  await desk.actions.addMember({ chat: LAB, user: PRIYA }, { confirm: true });
  expect(isIn(desk.sandbox, LAB, PRIYA)).toBe(true);
});

it("A removal whose second step was refused goes on there, and does not ban twice", async () => {
  await using desk = await opened();
  desk.sandbox.faults.add({ method: "channels.editBanned", nth: 2, error: "CHAT_ADMIN_REQUIRED" });
  const remove = () => desk.actions.removeMember({ chat: LAB, user: PRIYA }, { confirm: true });
  expect(await refusalOf(remove())).toBe("outcome_unknown");
  const calls = await callsOf(desk.sandbox, async () => {
    expect(await remove()).toMatchObject({ status: "done" });
  });
  expect(calls.filter((method) => method === "channels.editBanned")).toHaveLength(1);
  await desk.actions.addMember({ chat: LAB, user: PRIYA }, { confirm: true });
  expect(isIn(desk.sandbox, LAB, PRIYA)).toBe(true);
});

it("Somebody whose settings forbid it is not reported as added", async () => {
  await using desk = await opened();
  desk.sandbox.world.setPrivacy(LIV, { invitations: "nobody" });
  for (const chat of [LAB, "Kastanienhof neighbours 🌳"]) {
    expect(await refusalOf(desk.actions.addMember({ chat, user: LIV }, { confirm: true }))).toBe(
      "USER_PRIVACY_RESTRICTED",
    );
  }
  expect(isIn(desk.sandbox, LAB, LIV)).toBe(false);
});

it("Only people are added, and only to chats with members", async () => {
  await using desk = await opened();
  expect(await refusalOf(desk.actions.addMember({ chat: LIV, user: PRIYA }))).toBe("input_invalid");
  expect(await refusalOf(desk.actions.removeMember({ chat: LAB, user: FAMILY }))).toBe("input_invalid");
});

it("A migration adds first, and removes nobody where that failed", async () => {
  await using desk = await opened();
  const input = { chat: LAB, oldUser: PRIYA, newUser: LIV };
  desk.sandbox.world.setPrivacy(LIV, { invitations: "nobody" });
  expect(await refusalOf(desk.actions.migrateMember(input, { confirm: true }))).toBe("USER_PRIVACY_RESTRICTED");
  expect(isIn(desk.sandbox, LAB, PRIYA)).toBe(true);
  desk.sandbox.world.setPrivacy(LIV, { invitations: "everybody" });
  expect(await desk.actions.migrateMember(input, { confirm: true })).toMatchObject({ status: "done" });
  expect([LIV, PRIYA].map((user) => isIn(desk.sandbox, LAB, user))).toEqual([true, false]);
});

it("A migration that broke off after the first step goes on with the second", async () => {
  await using desk = await opened();
  const migrate = () => desk.actions.migrateMember({ chat: LAB, oldUser: PRIYA, newUser: LIV }, { confirm: true });
  desk.sandbox.faults.add({ method: "channels.editBanned", nth: 1, error: "CHAT_ADMIN_REQUIRED" });
  expect(await refusalOf(migrate())).toBe("outcome_unknown");
  expect([LIV, PRIYA].map((user) => isIn(desk.sandbox, LAB, user))).toEqual([true, true]);
  const calls = await callsOf(desk.sandbox, migrate);
  expect(calls).not.toContain("channels.inviteToChannel");
  expect([LIV, PRIYA].map((user) => isIn(desk.sandbox, LAB, user))).toEqual([true, false]);
});

it("A migration that the day's quota has no room for in whole is not begun", async () => {
  await using sandbox = await startSandbox();
  const openWith = (joins: number) =>
    GuardedClient.open({
      ...sandbox.clientOptions(),
      limits: { mode: "off", joins },
      actions: { allow: [LAB], approver: approvers.callback(() => true) },
    });
  const input = { chat: LAB, oldUser: PRIYA, newUser: LIV };
  {
    await using client = await openWith(1);
    expect(await refusalOf(client.actions.migrateMember(input, { confirm: true }))).toBe("quota_exceeded");
    expect([LIV, PRIYA].map((user) => isIn(sandbox, LAB, user))).toEqual([false, true]);
  }
  await using client = await openWith(2);
  expect(await client.actions.migrateMember(input, { confirm: true })).toMatchObject({ status: "done" });
  expect([LIV, PRIYA].map((user) => isIn(sandbox, LAB, user))).toEqual([true, false]);
});

it("A chat is left once, the creator's not at all", async () => {
  await using desk = await opened();
  const self = "@mira_halvorsen";
  for (const chat of [FAMILY, "Night Watch"]) {
    const preview = await desk.actions.leaveDialog({ chat });
    expect(isIn(desk.sandbox, chat, self)).toBe(true);
    expect(await preview.execute()).toMatchObject({ status: "done" });
    expect(isIn(desk.sandbox, chat, self)).toBe(false);
  }
  expect(await refusalOf(desk.actions.leaveDialog({ chat: LAB }, { confirm: true }))).toBe("USER_CREATOR");
  expect(await refusalOf(desk.actions.leaveDialog({ chat: LIV }))).toBe("input_invalid");
});
