import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actionsDesk, LAB, TEXT, type ActionsDesk } from "./actions-desk.js";

let desk: ActionsDesk;
beforeAll(async () => {
  desk = await actionsDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const JONAS = "@jonas_lq";
const idOf = (chat: string): number => desk.sandbox.world.chat(chat).id;

/** A message of this account in the lab. */
async function sent(text: string): Promise<number> {
  const { result } = await desk.approved("tg_send_message", { group: LAB, message_text: text });
  return (result as { message_id: number }).message_id;
}

describe("A write", () => {
  it("without gates is refused with what to do, by default where it sends a message", async () => {
    const refused = await desk.call("tg_send_message", { group: LAB, message_text: "Without gates" });
    expect(refused).toMatchObject({ success: false, code: "confirmation_required", applied: "no" });
    expect(refused["next_step"]).toMatch(/dry_run: true/);
    expect(desk.texts()).not.toContain("Without gates");
  });

  it("previews who would get what, with a code and its times", async () => {
    const before = Math.floor(Date.now() / 1000);
    const preview = await desk.call("tg_send_message", {
      group: LAB,
      message_text: "See [this](https://example.org/x)",
      parse_mode: "markdown",
      dry_run: true,
    });
    expect(preview).toMatchObject({
      success: true,
      status: "preview",
      operation: "sendMessage",
      approver: "code",
      needs: ["confirm", "confirmation_text", "approval_code"],
      text: "See this",
      links: [{ text: "this", url: "https://example.org/x", hidden: true }],
      targets: [{ id: idOf(LAB), type: "supergroup", username: "tidewater_lab" }],
      approval_expires_in_sec: 1800,
      approval_min_age_sec: 0,
      quota_left: expect.any(Number) as number,
      audience: expect.any(Number) as number,
    });
    expect(preview["approval_execute_after_ts"]).toBeGreaterThanOrEqual(before);
    expect(preview["next_step"]).toMatch(/approval_code/);
    expect(preview["untrusted"]).toMatchObject({
      fields: expect.arrayContaining(["summary", "text", "targets[].title", "warnings[]"]) as string[],
    });
  });

  it("is carried out once by its code, text and all, and not again without being told", async () => {
    const args = { group: LAB, message_text: "Sent by a tool" };
    const { approval_code } = await desk.call("tg_send_message", { ...args, dry_run: true });
    const gates = { confirm: true, confirmation_text: TEXT, approval_code };
    const other = { ...args, message_text: "Sent by another tool", ...gates };
    expect(await desk.call("tg_send_message", other)).toMatchObject({ code: "approval_invalid" });
    const done = await desk.call("tg_send_message", { ...args, ...gates });
    expect(done).toMatchObject({
      status: "done",
      result: { chat_id: idOf(LAB), message_id: expect.any(Number) as number },
    });
    expect(await desk.call("tg_send_message", { ...args, ...gates })).toMatchObject({ status: "done", repeated: true });
    expect(await desk.approved("tg_send_message", args)).toMatchObject({ code: "already_done", applied: "yes" });
    expect(await desk.approved("tg_send_message", { ...args, force_resend: true })).toMatchObject({ status: "done" });
    expect(await desk.approved("tg_send_message", { ...args, idempotency_key: "b" })).toMatchObject({ status: "done" });
    expect(desk.texts().filter((text) => text === args.message_text)).toHaveLength(3);
  });

  it("never shows the phrase to confirm with, whatever the policy says", async () => {
    await using strict = await actionsDesk({
      actions: { allow: [LAB], confirmationPhrase: "blue heron", showPhrase: true },
    });
    const args = { group: LAB, message_text: "With a phrase" };
    const preview = await strict.call("tg_send_message", { ...args, dry_run: true });
    const policy = await strict.call("tg_get_actions_policy");
    const refused = await strict.call("tg_send_message", { ...args, confirm: true, confirmation_text: "please do" });
    expect(refused).toMatchObject({ code: "confirmation_text_invalid" });
    expect(JSON.stringify([preview, policy, refused])).not.toContain("heron");
  });

  it("beyond the allowlist, beside the limits or of nobody is refused before anything", async () => {
    await using strict = await actionsDesk({ actions: { allow: [LAB], maxMessageLength: 10 } });
    const send = (group: string, message_text: string) =>
      strict.call("tg_send_message", { group, message_text, dry_run: true });
    expect(await send(JONAS, "Hello")).toMatchObject({ code: "not_allowed" });
    expect(await send("Family 🏡", "Hello")).toMatchObject({ code: "not_allowed" });
    expect(await send(LAB, "Hello to everybody")).toMatchObject({
      code: "input_invalid",
      next_step: "Correct the argument, and call again.",
    });
    expect(await send("@nobody_is_called_so", "Hello")).toMatchObject({
      code: "chat_not_found",
      next_step: expect.stringContaining("tg_get_my_dialogs") as string,
    });
    expect(await strict.call("tg_send_message", { group: LAB, text: "Hello" })).toMatchObject({
      code: "input_invalid",
    });
  });
});

describe("Each write does what it says:", () => {
  it("tg_send_message to a topic, as an answer, silently, later", async () => {
    const reply_to = await sent("To be answered");
    const done = await desk.approved("tg_send_message", {
      group: LAB,
      message_text: "An answer",
      reply_to,
      silent: true,
    });
    expect(done).toMatchObject({ status: "done" });
    const schedule = new Date(Date.now() + 3_600_000).toISOString();
    const later = await desk.approved("tg_send_message", { group: LAB, message_text: "Later", schedule });
    expect(later).toMatchObject({ status: "done" });
    expect(desk.sandbox.world.scheduled(LAB)).toMatchObject([{ text: "Later" }]);
  });

  it("tg_send_file", async () => {
    const file_path = await desk.put("plan.txt", "a plan");
    const preview = await desk.call("tg_send_file", { group: LAB, file_path, caption: "The plan", dry_run: true });
    expect(preview).toMatchObject({ text: "The plan", files: [{ size_bytes: 6 }] });
    expect(await desk.call("tg_send_file", { group: LAB, file_path })).toMatchObject({ code: "confirmation_required" });
    expect(await desk.approved("tg_send_file", { group: LAB, file_path, caption: "The plan" })).toMatchObject({
      status: "done",
    });
    expect(desk.texts()).toContain("The plan");
    const outside = await desk.call("tg_send_file", { group: LAB, file_path: "/etc/passwd", dry_run: true });
    expect(outside).toMatchObject({ code: "path_not_allowed" });
    const missing = await desk.call("tg_send_file", { group: LAB, file_path: "none.txt", dry_run: true });
    expect(missing).toMatchObject({ success: false, code: expect.stringMatching(/^file_unavailable$/) as string });
  });

  it("tg_edit_message and tg_delete_messages, by default as a preview", async () => {
    const message_id = await sent("Before");
    const edit = { group: LAB, message_id, new_text: "After" };
    expect(await desk.call("tg_edit_message", edit)).toMatchObject({ status: "preview", text: "After" });
    expect(await desk.approved("tg_edit_message", edit)).toMatchObject({ result: { message_id } });
    expect(desk.texts()).toContain("After");
    const remove = { group: LAB, message_ids: [message_id] };
    expect(await desk.call("tg_delete_messages", remove)).toMatchObject({ targets: [{ role: "from" }] });
    expect(await desk.approved("tg_delete_messages", remove)).toMatchObject({ result: { message_ids: [message_id] } });
    expect(desk.texts()).not.toContain("After");
    expect(await desk.call("tg_edit_message", edit)).toMatchObject({ code: "message_not_found" });
    expect(await desk.call("tg_delete_messages", { ...remove, message_ids: [] })).toMatchObject({
      code: "input_invalid",
    });
  });

  it("tg_forward_messages", async () => {
    const forward = { from_group: LAB, to_group: JONAS, message_ids: [await sent("To be passed on")] };
    expect(await desk.call("tg_forward_messages", forward)).toMatchObject({
      status: "preview",
      messages: [{ text: "To be passed on" }],
    });
    expect(await desk.approved("tg_forward_messages", forward)).toMatchObject({ result: { chat_id: idOf(JONAS) } });
    expect(desk.texts(JONAS)).toContain("To be passed on");
    expect(await desk.call("tg_forward_messages", { ...forward, message_ids: [999_999] })).toMatchObject({
      code: "message_not_found",
    });
  });

  it("tg_pin_message, tg_react and tg_mark_read", async () => {
    const message_id = await sent("To be pinned");
    const at = { group: LAB, message_id };
    expect(await desk.approved("tg_pin_message", at)).toMatchObject({ result: { message_id, is_pinned: true } });
    expect(await desk.approved("tg_pin_message", { ...at, idempotency_key: "again" })).toMatchObject({
      status: "unchanged",
      untrusted: { fields: ["reason"] },
    });
    expect(await desk.approved("tg_react", { ...at, emoji: "👍" })).toMatchObject({ result: { message_id } });
    expect(await desk.approved("tg_react", { ...at, emoji: null })).toMatchObject({ status: "done" });
    desk.sandbox.world.post(JONAS, { text: "Read this" });
    expect(await desk.call("tg_mark_read", { group: JONAS })).toMatchObject({ status: "preview" });
    expect(await desk.approved("tg_mark_read", { group: JONAS })).toMatchObject({ result: { chat_id: idOf(JONAS) } });
    expect(await desk.call("tg_react", { ...at, message_id: 999_999, emoji: "👍" })).toMatchObject({
      code: "message_not_found",
    });
  });

  it("tg_clear_history", async () => {
    const group = "@kenta_nakamura";
    await desk.approved("tg_send_message", { group, message_text: "To be forgotten" });
    expect(await desk.call("tg_clear_history", { group })).toMatchObject({
      status: "preview",
      needs: expect.any(Array) as [],
    });
    expect(await desk.approved("tg_clear_history", { group, just_clear: true })).toMatchObject({ status: "done" });
    expect(desk.texts(group)).toEqual([]);
  });

  it("tg_add_member_to_group, tg_migrate_member and tg_remove_member_from_group", async () => {
    const group = LAB;
    const members = (): readonly number[] => [...desk.sandbox.world.chat(group).members()].map(({ userId }) => userId);
    const add = { group, user: "@liv_paints" };
    expect(await desk.approved("tg_add_member_to_group", add)).toMatchObject({ status: "done" });
    expect(members()).toContain(idOf("@liv_paints"));
    expect(await desk.approved("tg_add_member_to_group", { ...add, idempotency_key: "b" })).toMatchObject({
      status: "unchanged",
    });
    const migrate = { group, old_user: "@liv_paints", new_user: "@fatima_bakes" };
    expect(await desk.approved("tg_migrate_member", migrate)).toMatchObject({
      result: { new_user_id: idOf("@fatima_bakes") },
    });
    expect(members()).not.toContain(idOf("@liv_paints"));
    const remove = { group, user: "@fatima_bakes" };
    expect(await desk.approved("tg_remove_member_from_group", remove)).toMatchObject({ status: "done" });
    expect(members()).not.toContain(idOf("@fatima_bakes"));
    expect(await desk.call("tg_add_member_to_group", { group: JONAS, user: "@fatima_bakes" })).toMatchObject({
      code: "input_invalid",
    });
  });

  it("tg_join_chat and tg_leave_dialog", async () => {
    const group = "@night_trains_eu";
    expect(await desk.call("tg_join_chat", { group })).toMatchObject({ status: "preview", operation: "joinChat" });
    expect(await desk.approved("tg_join_chat", { group })).toMatchObject({
      result: { chat_id: idOf(group), requested: false },
    });
    expect(await desk.approved("tg_leave_dialog", { group })).toMatchObject({ result: { chat_id: idOf(group) } });
    expect(await desk.call("tg_leave_dialog", { group: JONAS })).toMatchObject({ code: "input_invalid" });
  });

  it("tg_save_draft, which nobody has to approve and which replaces nobody's words", async () => {
    const draft = { group: JONAS, text: "Dear Jonas" };
    expect(await desk.call("tg_save_draft", draft)).toMatchObject({ status: "done", result: { chat_id: idOf(JONAS) } });
    expect(desk.sandbox.world.draft(JONAS)).toMatchObject({ text: "Dear Jonas" });
    expect(await desk.call("tg_save_draft", { ...draft, text: "Another" })).toMatchObject({ code: "draft_exists" });
    expect(await desk.call("tg_save_draft", { ...draft, text: "Another", replace: true })).toMatchObject({
      status: "done",
    });
  });
});

it("A preview says all in the room it has, and how much it leaves out", async () => {
  const ids: number[] = [];
  for (let n = 0; n < 20; n++) ids.push(await sent(`${n} ${"long ".repeat(390)}`.trim()));
  const preview = await desk.call("tg_forward_messages", { from_group: LAB, to_group: JONAS, message_ids: ids });
  const { messages, left_out } = preview as { messages: unknown[]; left_out: { messages: number } };
  expect(messages.length + left_out.messages).toBe(20);
  expect(JSON.stringify(preview).length).toBeLessThan(40_000);
});
