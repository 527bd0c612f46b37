import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { approvers, newOperatorKey, OperatorDesk, type EditMessageInput } from "tg-guarded";
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

  test("counts as a wrong one", async () => {
    await using desk = await gated(sandbox, { maxWrongAttempts: 1 });
    const { actions } = desk.client;
    const first = await actions.sendMessage({ chat: LAB, text: "approved" });
    const gate = { confirm: true, confirmationText: TEXT, approvalCode: first.approval.code ?? "" };
    const swapped = { chat: LAB, text: "swapped" };
    await expect(actions.sendMessage(swapped, gate)).rejects.toMatchObject({ code: "approval_locked" });
  });
});
