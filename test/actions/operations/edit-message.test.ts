import { expect, it } from "vitest";
import { approvers } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { LAB, PERSON, TEXT, gated } from "../gated.js";
import { callsOf, open, refusalOf, resultOf } from "./desk.js";

async function written() {
  const sandbox = await startSandbox();
  const desk = await open(sandbox);
  const { actions } = desk.client;
  const { messageId } = await resultOf(actions.sendMessage({ chat: LAB, text: "Ebb at noon" }, { confirm: true }));
  const text = () => sandbox.world.chat(LAB).byId(messageId)?.text;
  const [{ client }, input] = [desk, { chat: LAB, messageId, text: "Ebb at one" }];
  return {
    sandbox,
    client,
    actions,
    input,
    text,
    [Symbol.asyncDispose]: () => client.close().then(() => sandbox.close()),
  };
}

it("An edit changes the text once approved, and its preview changes nothing", async () => {
  await using desk = await written();
  const preview = await desk.actions.editMessage({ ...desk.input, text: "**Ebb** at one", formatting: "markdown" });
  expect(preview).toMatchObject({ text: "Ebb at one", quotaLeft: undefined });
  expect(preview.warnings.join()).toContain("Ebb at noon");
  expect(desk.text()).toBe("Ebb at noon");
  expect(await preview.execute()).toMatchObject({ status: "done", result: { messageId: desk.input.messageId } });
  expect(desk.text()).toBe("Ebb at one");
  expect(desk.sandbox.world.chat(LAB).byId(desk.input.messageId)?.entities).toMatchObject([{ offset: 0, length: 3 }]);
});

it("An edit to what a message says already is nothing to do", async () => {
  await using desk = await written();
  const again = { ...desk.input, text: "Ebb at noon" };
  expect(await desk.actions.editMessage(again, { confirm: true })).toMatchObject({ status: "unchanged" });
});

it("Only a message of one's own in that chat can be edited", async () => {
  await using desk = await written();
  const foreign = desk.sandbox.world.post(LAB, { from: "@jonas_lq", text: "Mine" });
  expect(await refusalOf(desk.actions.editMessage({ ...desk.input, messageId: foreign }))).toBe("input_invalid");
  expect(await refusalOf(desk.actions.editMessage({ ...desk.input, chat: PERSON }))).toBe("message_not_found");
  expect(await refusalOf(desk.actions.editMessage({ ...desk.input, text: " " }))).toBe("input_invalid");
});

it("A note to oneself can be edited, but not what was forwarded there", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions, read } = desk.client;
  const { messageId } = await resultOf(actions.sendMessage({ chat: "me", text: "Buy rope" }, { confirm: true }));
  const edit = { chat: "me", messageId, text: "Buy line" };
  expect(await resultOf(actions.editMessage(edit, { confirm: true }))).toMatchObject({ messageId });
  const forward = { from: LAB, to: "me", messageIds: [420] };
  const { messageIds } = await resultOf(actions.forwardMessages(forward, { confirm: true }));
  const [copy, note] = await read.messages("me", { limit: 2 }).toArray();
  expect(note).toMatchObject({ text: "Buy line", isOutgoing: true });
  expect(copy).toMatchObject({ id: messageIds[0], isOutgoing: false });
  expect(await refusalOf(actions.editMessage({ ...edit, messageId: messageIds[0] ?? 0 }))).toBe("input_invalid");
});

it("An approval does not count for a message that was edited since", async () => {
  await using desk = await written();
  await using coded = await gated(desk.sandbox, { approver: approvers.code({ minAgeMs: 0 }) });
  const preview = await coded.client.actions.editMessage(desk.input);
  desk.sandbox.world.edit(LAB, desk.input.messageId, "Ebb at two");
  await expect(preview.execute({ confirmationText: TEXT })).rejects.toMatchObject({
    code: "approval_invalid",
    message: expect.stringContaining("a message was edited") as string,
  });
  expect(desk.text()).toBe("Ebb at two");
});

it("A message that is edited while a person decides stays as it is", async () => {
  await using desk = await written();
  const approver = approvers.callback(() => {
    desk.sandbox.world.edit(LAB, desk.input.messageId, "Ebb at two");
    return true;
  });
  await using slow = await gated(desk.sandbox, { approver });
  expect(await refusalOf(slow.client.actions.editMessage(desk.input, { confirm: true }))).toBe("input_invalid");
  expect(desk.text()).toBe("Ebb at two");
});

it("An edit whose answer was lost is done, and not reported as nothing to do", async () => {
  await using desk = await written();
  desk.sandbox.faults.add({ method: "messages.editMessage", nth: 1, drop: "after" });
  const calls = await callsOf(desk.sandbox, async () => {
    expect(await desk.actions.editMessage(desk.input, { confirm: true })).toMatchObject({ status: "done" });
  });
  expect(calls.filter((method) => method === "messages.editMessage")).toHaveLength(2);
  expect(desk.text()).toBe("Ebb at one");
});
