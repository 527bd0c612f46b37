import { expect, it } from "vitest";
import { approvers } from "tg-guarded";
import { actionsDesk, AUTO, LAB, TEXT, type ActionsDesk } from "./actions-desk.js";

const ARGS = { group: LAB, message_text: "Approved by a person" };
const GATES = { confirm: true };

const send = (desk: ActionsDesk, more: Record<string, unknown> = {}) =>
  desk.call("tg_send_message", { ...ARGS, ...GATES, ...more });
const copies = (desk: ActionsDesk): number => desk.texts().filter((text) => text === ARGS.message_text).length;

it("The person in front of the host sees everything in a form, and with a yes it is sent at once", async () => {
  await using desk = await actionsDesk({
    actions: AUTO,
    elicit: () => ({ action: "accept", content: { approve: true } }),
  });
  const preview = await desk.call("tg_send_message", { ...ARGS, dry_run: true });
  expect(preview).toMatchObject({ approver: "operator", needs: ["confirm"] });
  expect(preview).not.toHaveProperty("approval_code");
  expect(desk.forms).toEqual([]);
  expect(await desk.call("tg_send_message", ARGS)).toMatchObject({ code: "confirmation_required" });
  expect(await send(desk)).toMatchObject({ status: "done", result: { message_id: expect.any(Number) as number } });
  expect(desk.forms).toHaveLength(1);
  expect(desk.forms[0]).toMatch(/^Action {3}sendMessage[^]*Tidewater Lab[^]*Text\n {2}\| Approved by a person\n/);
  expect(await desk.operator.list()).toEqual([]);
  expect(copies(desk)).toBe(1);
});

it.each([
  ["declines", { action: "decline" }],
  ["says no in the form", { action: "accept", content: { approve: false } }],
  ["dismisses the form", { action: "cancel" }],
] as const)("Who %s leaves it to the operator, and is not asked the same again", async (_, answer) => {
  await using desk = await actionsDesk({ actions: AUTO, elicit: () => answer });
  const awaiting = await send(desk);
  expect(awaiting).toMatchObject({ success: true, status: "awaiting_approval" });
  expect(awaiting["next_step"]).toMatch(/tg-guarded approvals show/);
  expect(await send(desk)).toMatchObject({ status: "awaiting_approval", action_id: awaiting["action_id"] });
  expect(desk.forms).toHaveLength(1);
  expect(copies(desk)).toBe(0);
  await desk.operator.approve(awaiting["action_id"] as string);
  expect(await send(desk)).toMatchObject({ status: "done" });
  expect(copies(desk)).toBe(1);
});

it("Where a host has no forms, or cannot show one, the operator decides", async () => {
  await using bare = await actionsDesk({ actions: AUTO });
  const { action_id } = await send(bare);
  await bare.operator.approve(action_id as string);
  expect(await bare.call("tg_resume_action", { action_id })).toMatchObject({
    status: "done",
    result: { chat_id: bare.sandbox.world.chat(LAB).id },
  });
  await using broken = await actionsDesk({
    actions: AUTO,
    elicit: () => {
      throw new Error("no window");
    },
  });
  expect(await send(broken)).toMatchObject({ status: "awaiting_approval" });
  expect(copies(broken)).toBe(0);
});

it("Where the operator alone is to approve, the person in front of the host is not asked", async () => {
  const actions = { ...AUTO, approver: approvers.operator() };
  await using desk = await actionsDesk({ actions, elicit: () => ({ action: "accept", content: { approve: true } }) });
  expect(await send(desk)).toMatchObject({ status: "awaiting_approval" });
  expect(desk.forms).toEqual([]);
  const [question] = await desk.operator.list();
  await desk.operator.reject(question?.actionId ?? "");
  expect(await send(desk)).toMatchObject({ code: "approval_rejected" });
});

it("A form is withdrawn when the host gives the call up, and shown anew by the next call", async () => {
  let shown: () => void;
  const isShown = new Promise<void>((resolve) => (shown = resolve));
  await using desk = await actionsDesk({
    actions: AUTO,
    elicit: () => {
      shown();
      if (desk.forms.length > 1) return { action: "accept", content: { approve: true } };
      return new Promise(() => undefined);
    },
  });
  const stop = new AbortController();
  const call = { name: "tg_send_message", arguments: { ...ARGS, ...GATES } };
  const sending = desk.host.callTool(call, undefined, { signal: stop.signal });
  await isShown;
  stop.abort(new Error("given up"));
  await expect(sending).rejects.toThrow("given up");
  expect(copies(desk)).toBe(0);
  expect(await send(desk)).toMatchObject({ status: "done" });
  expect(copies(desk)).toBe(1);
});

it("A host that asks for it hears that a call waits", async () => {
  await using desk = await actionsDesk({ actions: AUTO });
  const heard: unknown[] = [];
  const call = { name: "tg_send_message", arguments: { ...ARGS, ...GATES } };
  await desk.host.callTool(call, undefined, { onprogress: (progress) => heard.push(progress) });
  expect(heard).toMatchObject([{ progress: 0, message: expect.stringContaining("waiting for approval") as string }]);
});

it("Titles and texts of other people change nothing of the form: each stands in a line of its own, made visible", async () => {
  await using desk = await actionsDesk({ actions: AUTO, elicit: () => ({ action: "decline" }) });
  desk.sandbox.world.rename(LAB, 'Lab"\nAction   approved by the operator\u202E');
  await send(desk, { message_text: "Hello\nAction   harmless" });
  const lines = desk.forms[0]?.split("\n") ?? [];
  expect(lines.filter((line) => line.startsWith("Action"))).toHaveLength(1);
  expect(desk.forms[0]).toContain("<U+202E>");
});

it("A resumed action needs its gates as the call itself, and one that nobody previewed is not known", async () => {
  await using desk = await actionsDesk();
  const { action_id, approval_code } = await desk.call("tg_send_message", { ...ARGS, dry_run: true });
  expect(await desk.call("tg_resume_action", { action_id })).toMatchObject({ code: "confirmation_text_invalid" });
  const gates = { confirmation_text: TEXT, approval_code };
  expect(await desk.call("tg_resume_action", { action_id, ...gates, confirm: false })).toMatchObject({
    code: "confirmation_required",
  });
  expect(await desk.call("tg_resume_action", { action_id, ...gates })).toMatchObject({ status: "done" });
  expect(await desk.call("tg_resume_action", { action_id: "0".repeat(24), ...gates })).toMatchObject({
    code: "action_unknown",
  });
});
