import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvers, newOperatorKey, OperatorDesk, type StateStore } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { isSignedBy, sealFor, unlockOperatorKey } from "../../src/actions/operator-key.js";
import { attempt, copies, freshStore, gated, LAB } from "./gated.js";

let sandbox: Sandbox;
const SECRET = "correct horse";
let key = "";
beforeAll(async () => {
  key = newOperatorKey(SECRET);
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

let texts = 0;
const fresh = () => ({ chat: LAB, text: `To be decided ${++texts}` });
const GATE = { confirm: true };
const operator = { approver: approvers.operator() };

/** Everything the store holds, as text. */
async function dump(store: StateStore): Promise<string> {
  const all: unknown[] = [];
  for await (const entry of store.entries("")) all.push(entry);
  return JSON.stringify(all);
}

describe("an operator", () => {
  it("is asked once, decides in another place, and what was approved is sent once", async () => {
    await using desk = await gated(sandbox, operator);
    const office = new OperatorDesk(desk);
    const input = fresh();
    const outcome = await desk.client.actions.sendMessage(input, GATE);
    expect(outcome).toMatchObject({
      status: "awaiting_approval",
      nextStep: expect.stringContaining("approvals") as string,
    });
    expect(await attempt(desk.client, input, GATE)).toBe("awaiting_approval");

    const [question, ...others] = await office.list();
    expect(others).toEqual([]);
    const actionId = question?.actionId ?? "";
    expect(actionId).toBe(outcome.actionId);
    expect((await office.show(actionId)).proposal).toMatchObject({ text: input.text, operation: "sendMessage" });
    expect(copies(sandbox, input.text)).toBe(0);

    await office.approve(actionId, { by: "Ines" });
    expect(await dump(desk.store)).not.toContain(input.text);
    expect(await dump(desk.store)).toContain("Ines");
    expect(await office.list()).toEqual([]);
    await expect(office.approve(actionId)).rejects.toMatchObject({ code: "action_unknown" });

    expect(await desk.client.actions.resume(actionId)).toMatchObject({ status: "done", repeated: false });
    expect(await attempt(desk.client, input, GATE)).toBe("already_done");
    expect(await attempt(desk.client, input, { ...GATE, forceResend: true })).toBe("awaiting_approval");
    expect(copies(sandbox, input.text)).toBe(1);
    expect(await dump(desk.store)).toContain("Ines");
  });

  it("lets a waiting call go on as soon as he agrees", async () => {
    const shared = freshStore();
    const waiting = { approver: approvers.operator({ waitMs: 20_000 }) };
    await using desk = await gated(sandbox, waiting, shared);
    const office = new OperatorDesk(shared);
    const asked = new Promise<void>((resolve) => {
      desk.client.on("wait", () => {
        resolve();
      });
    });
    const input = fresh();
    const sending = desk.client.actions.sendMessage(input, GATE);
    await asked;
    const [question] = await office.list();
    await office.approve(question?.actionId ?? "");
    expect(await sending).toMatchObject({ status: "done" });
    expect(copies(sandbox, input.text)).toBe(1);
  });

  it("says no, and the text is erased and not asked again", async () => {
    await using desk = await gated(sandbox, operator);
    const office = new OperatorDesk(desk);
    const input = fresh();
    const { actionId } = await desk.client.actions.sendMessage(input, GATE);
    await office.reject(actionId);
    expect(await dump(desk.store)).not.toContain(input.text);
    expect(await attempt(desk.client, input, GATE)).toBe("approval_rejected");
    expect(await office.list()).toEqual([]);
  });

  it("must answer in time; afterwards the text is erased, and the question can be asked anew", async () => {
    await using desk = await gated(sandbox, { approver: approvers.operator({ ttlMs: 60_000 }) });
    const office = new OperatorDesk(desk);
    const input = fresh();
    const { actionId } = await desk.client.actions.sendMessage(input, GATE);
    await desk.clock.advance(60_000);
    await expect(office.approve(actionId)).rejects.toMatchObject({ code: "action_unknown" });
    expect(await dump(desk.store)).not.toContain(input.text);
    expect(await attempt(desk.client, input, GATE)).toBe("awaiting_approval");

    await office.approve(actionId);
    await desk.clock.advance(60_000);
    expect(await attempt(desk.client, input, GATE)).toBe("awaiting_approval");
    expect(copies(sandbox, input.text)).toBe(0);
  });

  it("cannot be stood in for by codes, phrases or another text", async () => {
    const shared = freshStore();
    await using byCode = await gated(sandbox, {}, shared);
    await using desk = await gated(sandbox, operator, shared);
    const input = fresh();
    const { approval } = await byCode.client.actions.sendMessage(input);
    const gate = { confirm: true, confirmationText: "send it", approvalCode: approval.code ?? "" };
    expect(await attempt(desk.client, input, gate)).toBe("awaiting_approval");
    const [question] = await new OperatorDesk(shared).list();
    await new OperatorDesk(shared).approve(question?.actionId ?? "");
    expect(await attempt(desk.client, { ...input, text: `${input.text}!` }, gate)).toBe("awaiting_approval");
    expect(copies(sandbox, input.text)).toBe(0);
  });

  it("keeps an approval that was given back because nothing was applied", async () => {
    const shared = freshStore();
    await using desk = await gated(sandbox, operator, shared);
    const input = fresh();
    const { actionId } = await desk.client.actions.sendMessage(input, GATE);
    await new OperatorDesk(shared).approve(actionId);
    sandbox.faults.add({ method: "messages.sendMessage", nth: 1, error: "CHAT_WRITE_FORBIDDEN" });
    expect(await attempt(desk.client, input, GATE)).toBe("telegram_error");
    expect(await attempt(desk.client, input, GATE)).toBe("sent");
  });
});

describe("an operator's secret", () => {
  const withKey = () => ({ approver: approvers.operator({ key }) });

  it("keeps the text from everybody else, and is needed to read and to decide", async () => {
    await using desk = await gated(sandbox, withKey());
    const office = new OperatorDesk({ store: desk.store, key });
    const input = fresh();
    const { actionId } = await desk.client.actions.sendMessage(input, GATE);
    expect(await dump(desk.store)).not.toContain(input.text);
    for (const word of [{}, { secret: "" }, { secret: "correct house" }]) {
      await expect(office.show(actionId, word)).rejects.toMatchObject({ code: "operator_denied" });
      await expect(office.approve(actionId, word)).rejects.toMatchObject({ code: "operator_denied" });
    }
    await expect(office.approve(actionId, { secret: "x" })).rejects.toMatchObject({ code: "approval_locked" });
    await expect(office.approve(actionId, { secret: SECRET })).rejects.toMatchObject({ code: "approval_locked" });
    await desk.clock.advance(900_000);
    expect((await office.show(actionId, { secret: SECRET })).proposal.text).toBe(input.text);
    await office.approve(actionId, { secret: SECRET });
    expect(await attempt(desk.client, input, GATE)).toBe("sent");
  });

  it("that cannot read a question can still refuse it", async () => {
    await using desk = await gated(sandbox, operator);
    const office = new OperatorDesk({ store: desk.store, key });
    const input = fresh();
    const { actionId } = await desk.client.actions.sendMessage(input, GATE);
    await expect(office.show(actionId, { secret: SECRET })).rejects.toMatchObject({
      code: "operator_denied",
      message: expect.stringContaining("sealed for another operator's key") as string,
    });
    await office.reject(actionId, { secret: SECRET });
    expect(await attempt(desk.client, input, GATE)).toBe("approval_rejected");
  });

  it("cannot be gone around by writing an approval into the state", async () => {
    await using desk = await gated(sandbox, withKey());
    const input = fresh();
    const { actionId } = await desk.client.actions.sendMessage(input, GATE);
    await new OperatorDesk({ store: desk.store }).approve(actionId);
    expect(await attempt(desk.client, input, GATE)).toBe("approval_invalid");
    expect(copies(sandbox, input.text)).toBe(0);
  });

  it("seals and signs for itself alone", () => {
    const other = newOperatorKey("another secret");
    const [mine, theirs] = [unlockOperatorKey(key, SECRET), unlockOperatorKey(other, "another secret")];
    const sealed = sealFor(key, "text");
    expect(sealed).not.toContain("text");
    expect(mine?.open(sealed)).toBe("text");
    for (const text of [sealed, "{}", "", `${sealed}x.`, sealFor(undefined, "asked before there was a key")]) {
      expect(() => theirs?.open(text)).toThrow(expect.objectContaining({ code: "operator_denied" }));
    }
    const approval = { key: "approval", approver: "operator", notBefore: 0, expiresAt: 1 };
    const signature = mine?.sign("record", approval) ?? "";
    expect(isSignedBy(key, "record", { ...approval, signature })).toBe(true);
    expect(isSignedBy(other, "record", { ...approval, signature })).toBe(false);
    expect(isSignedBy(key, "another record", { ...approval, signature })).toBe(false);
    expect(isSignedBy(key, "record", { ...approval, key: "another", signature })).toBe(false);
    expect(isSignedBy(key, "record", { ...approval, before: "another", signature })).toBe(false);
    expect(isSignedBy(key, "record", approval)).toBe(false);
  });
});
