import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { approvers, newOperatorKey, OperatorDesk, type EditMessageInput, type Proposal } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { gated, LAB, TEXT } from "./gated.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const edit = (text: string): EditMessageInput => {
  const messageId = sandbox.world.post(LAB, { from: "@mira_halvorsen", text: "As it was" });
  return { chat: LAB, messageId, text };
};
const textOf = ({ messageId }: EditMessageInput) => sandbox.world.chat(LAB).byId(messageId)?.text;

describe("What was approved for a message that was edited since", () => {
  test("is another digest of the same action", async () => {
    await using desk = await gated(sandbox);
    const input = edit("new");
    const before = await desk.client.actions.editMessage(input);
    sandbox.world.edit(LAB, input.messageId, "Edited by somebody");
    const after = await desk.client.actions.editMessage(input);
    expect(after.actionId).toBe(before.actionId);
    expect(after.digest).not.toBe(before.digest);
  });

  test("is asked of the operator once more, who sees the message as it is", async () => {
    const key = newOperatorKey("a good secret");
    const word = { secret: "a good secret" };
    await using desk = await gated(sandbox, { approver: approvers.operator({ waitMs: 0, key }) });
    const operator = new OperatorDesk({ store: desk.store, key });
    const input = edit("new");
    const ask = () => desk.client.actions.editMessage(input, { confirm: true });
    const asked = await ask();
    await operator.approve(asked.actionId, word);
    sandbox.world.edit(LAB, input.messageId, "Edited by somebody");
    expect(await ask()).toMatchObject({ status: "awaiting_approval", actionId: asked.actionId });
    expect(textOf(input)).toBe("Edited by somebody");
    expect((await operator.show(asked.actionId, word)).proposal.warnings.join()).toContain("Edited by somebody");
    await operator.approve(asked.actionId, word);
    expect(await ask()).toMatchObject({ status: "done" });
    expect(textOf(input)).toBe("new");
  });

  test("does not stand in the way of doing it again to what is there now", async () => {
    await using desk = await gated(sandbox);
    const input = edit("new");
    const again = async () => (await desk.client.actions.editMessage(input)).execute({ confirmationText: TEXT });
    expect(await again()).toMatchObject({ status: "done" });
    sandbox.world.edit(LAB, input.messageId, "As it was");
    expect(await again()).toMatchObject({ status: "done", repeated: false });
    expect(textOf(input)).toBe("new");
  });
});

describe("An approval code of another action", () => {
  test("is refused, and named", async () => {
    await using desk = await gated(sandbox);
    const { actions } = desk.client;
    const first = await actions.sendMessage({ chat: LAB, text: "approved" });
    const gate = { confirm: true, confirmationText: TEXT, approvalCode: first.approval.code ?? "" };
    await expect(actions.sendMessage({ chat: LAB, text: "swapped" }, gate)).rejects.toMatchObject({
      code: "approval_invalid",
      message: expect.stringContaining(first.actionId) as string,
    });
  });

  test("is no guess, and locks nothing", async () => {
    await using desk = await gated(sandbox, { maxWrongAttempts: 1 });
    const { actions } = desk.client;
    const first = await actions.sendMessage({ chat: LAB, text: "approved" });
    const gate = { confirm: true, confirmationText: TEXT, approvalCode: first.approval.code ?? "" };
    for (let nth = 0; nth < 3; nth++) {
      const swapped = actions.sendMessage({ chat: LAB, text: "swapped" }, gate);
      await expect(swapped).rejects.toMatchObject({ code: "approval_invalid" });
    }
    const guess = { ...gate, approvalCode: "AAAAAAAA" };
    await expect(actions.sendMessage({ chat: LAB, text: "swapped" }, guess)).rejects.toMatchObject({
      code: "approval_locked",
    });
  });
});

describe("What a caller does with its own objects afterwards", () => {
  test("changes neither what was previewed nor what is sent", async () => {
    await using desk = await gated(sandbox);
    const input = { chat: LAB, text: "as previewed" };
    const preview = await desk.client.actions.sendMessage(input);
    input.text = "changed behind its back";
    await preview.execute({ confirmationText: TEXT });
    const texts = [...sandbox.world.chat(LAB).messages()].map(({ text }) => text);
    expect([texts.includes("as previewed"), texts.includes("changed behind its back")]).toEqual([true, false]);
  });

  test("is refused to a policy of its own: a proposal does not change", async () => {
    const policies = [
      (proposal: Proposal) => {
        Object.assign(proposal, { text: "something harmless" });
      },
    ];
    await using desk = await gated(sandbox, { policies });
    const preview = desk.client.actions.sendMessage({ chat: LAB, text: "something else" });
    await expect(preview).rejects.toMatchObject({ code: "policy_refused" });
  });

  test.each([
    { confirm: "no" },
    { confirm: true, forceResend: "false" },
    { confirm: true, approvalCode: 7 },
    null,
    { forceResend: true },
  ])("cannot make a gate of %j", async (gate) => {
    await using desk = await gated(sandbox);
    const send = desk.client.actions.sendMessage as (input: object, gate: unknown) => Promise<unknown>;
    await expect(send({ chat: LAB, text: "by a crooked gate" }, gate)).rejects.toMatchObject({ code: "input_invalid" });
  });
});

describe("What an operator decides about", () => {
  test("is what was shown: a question that has taken its place is not approved with it", async () => {
    await using desk = await gated(sandbox, { approver: approvers.operator({ waitMs: 0 }) });
    const operator = new OperatorDesk({ store: desk.store });
    const input = edit("new");
    const ask = () => desk.client.actions.editMessage(input, { confirm: true });
    const { actionId } = await ask();
    const { question } = await operator.show(actionId);
    sandbox.world.edit(LAB, input.messageId, "Edited by somebody");
    await ask();
    await expect(operator.approve(actionId, { question })).rejects.toMatchObject({ code: "action_unknown" });
    expect(await ask()).toMatchObject({ status: "awaiting_approval" });
  });

  test("says so where it was done before", async () => {
    await using desk = await gated(sandbox, { approver: approvers.operator({ waitMs: 0 }) });
    const operator = new OperatorDesk({ store: desk.store });
    const send = (forceResend: boolean) =>
      desk.client.actions.sendMessage({ chat: LAB, text: "once more" }, { confirm: true, forceResend });
    const { actionId } = await send(false);
    await operator.approve(actionId);
    await send(false);
    await send(true);
    expect((await operator.show(actionId)).proposal.warnings.join()).toContain("It was done already");
  });
});

describe("What was written or edited after the approval", () => {
  test("is neither deleted nor pinned nor reacted to", async () => {
    await using desk = await gated(sandbox);
    const { actions } = desk.client;
    const messageId = sandbox.world.post(LAB, { from: "@jonas_lq", text: "Picnic on Sunday" });
    const previews = [
      await actions.deleteMessages({ chat: LAB, messageIds: [messageId, messageId + 1] }),
      await actions.pinMessage({ chat: LAB, messageId }),
      await actions.react({ chat: LAB, messageId, emoji: "👍" }),
    ];
    sandbox.world.edit(LAB, messageId, "I quit");
    const later = sandbox.world.post(LAB, { from: "@jonas_lq", text: "Written later" });
    for (const preview of previews) {
      await expect(preview.execute({ confirmationText: TEXT })).rejects.toMatchObject({ code: "approval_invalid" });
    }
    expect([messageId, later].map((id) => sandbox.world.chat(LAB).byId(id)?.text)).toEqual(["I quit", "Written later"]);
  });
});
