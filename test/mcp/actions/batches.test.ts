import { expect, it } from "vitest";
import { actionsDesk, AUTO, LAB, type ActionsDesk } from "./actions-desk.js";

const LIV = "@liv_paints";
const FAMILY = "Family 🏡";
const NEIGHBOURS = "Kastanienhof neighbours 🌳";

const isIn = (desk: ActionsDesk, chat: string, user: string): boolean => {
  const { id } = desk.sandbox.world.chat(user);
  return [...desk.sandbox.world.chat(chat).members()].some(({ userId }) => userId === id);
};

it("A batch is created, approved, run in pieces with progress, and over", async () => {
  await using desk = await actionsDesk();
  const created = await desk.call("tg_create_add_member_batch", {
    user: LIV,
    groups: [LAB, FAMILY, NEIGHBOURS, "@nobody_of_that_name"],
    note: "spring",
  });
  expect(created).toMatchObject({
    operation: "addMember",
    status: "pending_approval",
    note: "spring",
    item_count: 4,
    counts: { pending: 3, failed: 1 },
    problems: [{ n: 3, status: "failed", asked: "@nobody_of_that_name", code: "chat_not_found" }],
  });
  expect(created["pending"]).toHaveLength(3);
  expect(created["next_step"]).toMatch(/tg_approve_batch/);
  const { batch_id } = created;
  expect(await desk.call("tg_run_add_member_batch", { batch_id })).toMatchObject({
    code: "batch_not_approved",
    batch_id,
    next_step: expect.stringContaining("tg_approve_batch") as string,
  });
  expect(await desk.call("tg_approve_batch", { batch_id })).toMatchObject({
    status: "preview",
    operation: "addMemberBatch",
  });
  expect(await desk.approved("tg_approve_batch", { batch_id })).toMatchObject({ status: "done", result: { batch_id } });
  expect(await desk.call("tg_run_delete_messages_batch", { batch_id })).toMatchObject({ code: "input_invalid" });

  const heard: unknown[] = [];
  const run = { name: "tg_run_add_member_batch", arguments: { batch_id, max_actions: 2 } };
  const { structuredContent } = await desk.host.callTool(run, undefined, {
    onprogress: ({ progress, total }) => heard.push([progress, total]),
  });
  expect(heard).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
  expect(structuredContent).toMatchObject({ status: "approved", settled: 2, counts: { pending: 1 } });
  expect(await desk.call("tg_run_add_member_batch", { batch_id })).toMatchObject({ status: "completed", settled: 1 });
  expect([LAB, FAMILY, NEIGHBOURS].map((chat) => isIn(desk, chat, LIV))).toEqual([true, true, true]);
  expect(await desk.call("tg_run_add_member_batch", { batch_id })).toMatchObject({ code: "batch_over" });
  expect(await desk.call("tg_get_batch_status", { batch_id })).toMatchObject({
    status: "completed",
    last_error: "chat_not_found",
  });
  expect(await desk.call("tg_list_batches")).toMatchObject({ count: 1, batches: [{ batch_id, status: "completed" }] });
});

it("Batches come from a report, a manifest and reviewed candidates, of the allowed folders alone", async () => {
  await using desk = await actionsDesk();
  const chat = (name: string) => desk.sandbox.world.chat(name).id;
  const report_path = await desk.put("report.json", {
    items: [
      { chat_id: chat(LAB), result: { success: false, error: "Join quota exceeded" } },
      { chat_id: chat(FAMILY), result: { success: false, error: "privacy" } },
    ],
  });
  expect(await desk.call("tg_create_add_member_batch_from_report", { report_path, user: LIV })).toMatchObject({
    item_count: 1,
    pending: [{ chat_id: chat(LAB), user_id: chat(LIV) }],
  });

  const ids = ["One", "Two"].map((text) => desk.sandbox.world.post(LAB, { from: "@mira_halvorsen", text }));
  const manifest_path = await desk.put("manifest.json", { targets: [{ group: LAB, message_ids: ids }] });
  const { batch_id } = await desk.call("tg_create_delete_messages_batch_from_manifest", { manifest_path });
  expect(await desk.call("tg_approve_batch", { batch_id })).toMatchObject({
    targets: [{ deletes: { count: 2, messages: [{ text: "One" }, { text: "Two" }] } }],
  });
  await desk.approved("tg_approve_batch", { batch_id });
  expect(await desk.call("tg_run_delete_messages_batch", { batch_id })).toMatchObject({ status: "completed" });
  expect(desk.texts()).not.toContain("One");

  const candidates_path = await desk.put("candidates.json", {
    candidates: [{ target: NEIGHBOURS, review: { leave_candidate: true } }, { target: FAMILY }],
  });
  const leaving = await desk.call("tg_create_leave_dialog_batch_from_candidates", { candidates_path, ttl_hours: 1 });
  expect(leaving).toMatchObject({ operation: "leaveDialog", item_count: 1 });
  await desk.approved("tg_approve_batch", { batch_id: leaving["batch_id"] });
  expect(await desk.call("tg_run_leave_dialog_batch", { batch_id: leaving["batch_id"] })).toMatchObject({
    status: "completed",
    items: [{ status: "success", title: NEIGHBOURS }],
  });

  for (const path of ["/etc/passwd", "../session.json"]) {
    const refused = await desk.call("tg_create_delete_messages_batch_from_manifest", { manifest_path: path });
    expect(refused).toMatchObject({ success: false, code: "path_not_allowed" });
  }
  expect(
    await desk.call("tg_create_leave_dialog_batch_from_candidates", { candidates_path: "none.json" }),
  ).toMatchObject({
    code: "input_invalid",
  });
});

it("A used-up quota pauses a batch and says when it goes on", async () => {
  await using desk = await actionsDesk({ limits: { joins: 1 } });
  const { batch_id } = await desk.call("tg_create_add_member_batch", { user: LIV, groups: [LAB, NEIGHBOURS] });
  await desk.approved("tg_approve_batch", { batch_id });
  const paused = await desk.call("tg_run_add_member_batch", { batch_id });
  expect(paused).toMatchObject({ status: "paused_quota", settled: 1, counts: { success: 1, pending: 1 } });
  expect(Date.parse(paused["goes_on_at"] as string)).toBeGreaterThan(Date.now());
  expect(await desk.call("tg_run_add_member_batch", { batch_id })).toMatchObject({
    code: "batch_paused",
    retry_after_ms: expect.any(Number) as number,
  });
});

it("A run that the host gives up ends after the item at hand, and can go on", async () => {
  await using desk = await actionsDesk();
  const { batch_id } = await desk.call("tg_create_add_member_batch", { user: LIV, groups: [LAB, NEIGHBOURS] });
  await desk.approved("tg_approve_batch", { batch_id });
  const stop = new AbortController();
  const run = { name: "tg_run_add_member_batch", arguments: { batch_id } };
  const running = desk.host.callTool(run, undefined, {
    signal: stop.signal,
    onprogress: ({ progress }) => {
      if (progress === 1) stop.abort(new Error("given up"));
    },
  });
  await expect(running).rejects.toThrow("given up");
  await expect.poll(async () => (await desk.call("tg_get_batch_status", { batch_id }))["status"]).not.toBe("running");
  await desk.call("tg_run_add_member_batch", { batch_id });
  expect(await desk.call("tg_get_batch_status", { batch_id })).toMatchObject({
    status: "completed",
    counts: { success: 2 },
  });
});

it("A cancelled batch is over; one that is not there is told apart", async () => {
  await using desk = await actionsDesk();
  const { batch_id } = await desk.call("tg_create_add_member_batch", { user: LIV, groups: [LAB] });
  expect(await desk.call("tg_cancel_batch", { batch_id })).toMatchObject({ status: "cancelled" });
  expect(await desk.call("tg_cancel_batch", { batch_id })).toMatchObject({ code: "batch_over" });
  expect(await desk.call("tg_approve_batch", { batch_id })).toMatchObject({ code: "batch_over" });
  const none = { batch_id: `bat_${"0".repeat(16)}` };
  for (const name of ["tg_get_batch_status", "tg_cancel_batch", "tg_approve_batch", "tg_run_leave_dialog_batch"]) {
    expect(await desk.call(name, none)).toMatchObject({ code: "batch_unknown" });
  }
  expect(await desk.call("tg_get_batch_status", { batch_id: "mine" })).toMatchObject({ code: "input_invalid" });
});

it("The person in front of the host approves a batch, and sees all of it", async () => {
  await using desk = await actionsDesk({
    actions: AUTO,
    elicit: () => ({ action: "accept", content: { approve: true } }),
  });
  const { batch_id } = await desk.call("tg_create_add_member_batch", { user: LIV, groups: [LAB, FAMILY] });
  const gates = { dry_run: false, confirm: true };
  expect(await desk.call("tg_approve_batch", { batch_id, ...gates })).toMatchObject({ status: "done" });
  expect(desk.forms[0]).toMatch(/addMemberBatch[^]*Tidewater Lab/);
  expect(await desk.call("tg_get_batch_status", { batch_id })).toMatchObject({ approval: { approver: "operator" } });
});
