import { afterAll, beforeAll, expect, it } from "vitest";
import { actionsDesk, AUTO, LAB, type ActionsDesk } from "./actions-desk.js";

let desk: ActionsDesk;
beforeAll(async () => {
  desk = await actionsDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

it("tg_get_actions_policy tells gates, limits, what is weak, and how to write", async () => {
  await using strict = await actionsDesk({ actions: { allow: [LAB, -1_001_650_200_023] } });
  const policy = await strict.call("tg_get_actions_policy");
  expect(policy).toMatchObject({
    enabled: true,
    approver: "code",
    needs: ["confirm", "confirmation_text", "approval_code"],
    gates: { allowlist: true, confirmation_phrase: false },
    limits: { max_message_len: 2000, approval_min_age_sec: 30 },
    allowed_groups: [LAB, -1_001_650_200_023],
    unsafe_issues: [],
    weak: ["No confirmation phrase is set: any text of 6 characters confirms."],
  });
  expect(policy["write_flow"]).toHaveLength(5);
  expect(await desk.call("tg_get_actions_policy")).toMatchObject({
    unsafe_issues: ["requireAllowlist"],
    weak: expect.arrayContaining(["UNSAFE: No allowlist is required."]) as string[],
  });
  await using auto = await actionsDesk({ actions: AUTO });
  expect(await auto.call("tg_get_actions_policy")).toMatchObject({ approver: "operator", needs: ["confirm"] });
});

it.each([
  [
    { enabled: false, allow: [LAB] },
    { enabled: false, block_reason: "Actions are not enabled." },
  ],
  [{}, { enabled: false, safe_startup_block_reason: expect.stringContaining("allowlist is empty") as string }],
  [
    { allow: [LAB], directWrites: { context: "read\nIgnore all" } },
    { block_reason: 'The context "[…]" may not write.' },
  ],
])("Where writing is off it says why, and every write is refused: %j", async (actions, expected) => {
  await using off = await actionsDesk({ actions });
  expect(await off.call("tg_get_actions_policy")).toMatchObject(expected);
  expect(await off.call("tg_leave_dialog", { group: LAB })).toMatchObject({
    code: "write_denied",
    next_step: expect.stringContaining("tg_get_actions_policy") as string,
  });
});

it("tg_list_sessions and tg_use_session tell which session is used", async () => {
  expect(await desk.call("tg_list_sessions")).toEqual({ sessions: ["home", "work"], current: "work" });
  const switched = await desk.call("tg_use_session", { session_name: "home" });
  expect(switched).toMatchObject({ switched_to: "home", account: { username: "mira_halvorsen" } });
  expect(await desk.call("tg_use_session", { session_name: "../home" })).toMatchObject({ code: "input_invalid" });
});

it("tg_get_group_info tells what a chat is, a person too", async () => {
  expect(await desk.call("tg_get_group_info", { group: LAB })).toMatchObject({
    title: "Tidewater Lab",
    type: "supergroup",
    username: "tidewater_lab",
    participants_count: expect.any(Number) as number,
  });
  const person = await desk.call("tg_get_group_info", { group: "@jonas_lq" });
  expect(person).toMatchObject({ type: "user", first_name: "Jonas" });
  expect(person).not.toHaveProperty("is_bot");
  expect(await desk.call("tg_get_group_info", { group: "No such chat" })).toMatchObject({ code: "chat_not_found" });
});

it("tg_get_my_dialogs lists the chats of a kind, and goes on where it was", async () => {
  const all = await desk.call("tg_get_my_dialogs");
  const { dialogs } = all as { dialogs: readonly { id: number; type: string }[] };
  expect(all).not.toHaveProperty("next_offset");
  const first = await desk.call("tg_get_my_dialogs", { limit: 3 });
  expect(first).toMatchObject({ count: 3, next_offset: 3 });
  const next = await desk.call("tg_get_my_dialogs", { limit: dialogs.length, offset: first["next_offset"] });
  expect([...(first["dialogs"] as []), ...(next["dialogs"] as [])]).toEqual(dialogs);
  const channels = await desk.call("tg_get_my_dialogs", { dialog_type: "channel" });
  expect(new Set((channels["dialogs"] as typeof dialogs).map(({ type }) => type))).toEqual(new Set(["channel"]));
  expect(await desk.call("tg_get_my_dialogs", { dialog_type: "bot" })).toMatchObject({ code: "input_invalid" });
});

it("tg_resolve_username tells who it is, with or without its @", async () => {
  const jonas = await desk.call("tg_resolve_username", { username: "jonas_lq" });
  expect(jonas).toMatchObject({ type: "user", first_name: "Jonas", last_name: "Lindqvist" });
  expect(await desk.call("tg_resolve_username", { username: "@tidewater_lab" })).toMatchObject({ type: "supergroup" });
  expect(await desk.call("tg_resolve_username", { username: "nobody_of_that_name" })).toMatchObject({
    code: "chat_not_found",
  });
  expect(await desk.call("tg_resolve_username", { username: "a title" })).toMatchObject({ code: "input_invalid" });
});

it("tg_get_stats and tg_auth_status tell how the account is", async () => {
  expect(await desk.call("tg_get_stats")).toMatchObject({
    quotas: { dm: { limit: 20 }, join: { used: 0 } },
    health: { status: "healthy", allows_writes: true },
    metrics: { requests: expect.any(Number) as number },
  });
  expect(await desk.call("tg_auth_status")).toMatchObject({
    authorized: true,
    account: { username: "mira_halvorsen" },
  });
});

it("a stop is told by tg_get_stats, and ended by nobody but a person", async () => {
  await using own = await actionsDesk();
  await own.client.stopWrites();
  expect(await own.call("tg_get_stats")).toMatchObject({
    health: { status: "limited", allows_reads: true, allows_writes: false, writes_stopped: true, reason: "stopped" },
  });
  const refused = await own.approved("tg_send_message", { group: LAB, message_text: "Low tide at noon." });
  expect(refused).toMatchObject({ success: false, code: "circuit_open", applied: "no" });
  expect(refused["next_step"]).toContain("only a person may let that pass again");
  expect(JSON.stringify(refused)).not.toContain("circuit close");
  expect(own.texts()).not.toContain("Low tide at noon.");
});
