import { expect, test } from "vitest";
import { approvers, OperatorDesk, type Batch } from "tg-guarded";
import { TEXT } from "../gated.js";
import { ADDING, approved, batchDesk, carriedOut, FAMILY, GATE, LAB, LIV, NEIGHBOURS, settled } from "./batch-desk.js";

const DAY_MS = 86_400_000;
const open = { requireAllowlist: false, unsafeOverride: true } as const;
const byCode = { ...open, approver: approvers.code({ minAgeMs: 0 }) };
const gateWith = (approvalCode: string | undefined) => ({
  ...GATE,
  confirmationText: TEXT,
  approvalCode: approvalCode ?? "",
});

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "none",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  );
}

test("The code of the preview approves this batch, once, with the text, and no other batch", async () => {
  await using desk = await batchDesk({ actions: byCode });
  const { sandbox, batches } = desk;
  const [one, other] = [
    await batches.addMember({ user: LIV, groups: [LAB] }),
    await batches.addMember({ user: LIV, groups: [LAB] }),
  ];
  const { approval } = await one.preview();
  expect(approval.needs).toEqual(["confirm", "confirmationText", "approvalCode"]);
  expect(await refusal(one.approve({ confirm: true, approvalCode: approval.code ?? "" }))).toBe(
    "confirmation_text_invalid",
  );
  expect(await refusal(one.approve({ ...gateWith(approval.code), confirm: false }))).toBe("confirmation_required");
  expect(await refusal(other.approve(gateWith(approval.code)))).toBe("approval_invalid");
  expect(await refusal(settled(one))).toBe("batch_not_approved");
  expect(await one.approve(gateWith(approval.code))).toMatchObject({
    status: "done",
    repeated: false,
    result: { batchId: one.batchId },
  });
  // Who did not hear the answer asks again, and gets the same one.
  expect(await one.approve(gateWith(approval.code))).toMatchObject({ status: "done", repeated: true });
  expect(carriedOut(sandbox, ADDING)).toBe(0);
  expect(await settled(one)).toMatchObject([{ status: "success" }]);
  expect(await refusal(settled(other))).toBe("batch_not_approved");
});

test("A preview's own execute approves, and a person who says no lets nothing through", async () => {
  let answer = false;
  const asked: string[] = [];
  const approver = approvers.callback(({ summary }) => {
    asked.push(summary);
    return answer;
  });
  await using desk = await batchDesk({ actions: { ...open, approver } });
  const batch = await desk.batches.addMember({ user: LIV, groups: [LAB] });
  expect(await refusal(batch.approve(GATE))).toBe("approval_rejected");
  expect(await refusal(settled(batch))).toBe("batch_not_approved");
  answer = true;
  expect(await (await batch.preview()).execute()).toMatchObject({ status: "done" });
  expect(asked).toHaveLength(2);
  expect(asked[0]).toContain("Tidewater Lab");
  expect(await settled(batch)).toHaveLength(1);
});

test("An operator approves in another place, and the batch then runs", async () => {
  await using desk = await batchDesk({ actions: { ...open, approver: approvers.operator() } });
  const batch = await desk.batches.addMember({ user: LIV, groups: [LAB, NEIGHBOURS] });
  expect(await batch.approve(GATE)).toMatchObject({ status: "awaiting_approval" });
  const office = new OperatorDesk({ store: desk.store });
  const [question] = await office.list();
  expect(question).toMatchObject({ operation: "addMemberBatch" });
  const { proposal } = await office.show(question?.actionId ?? "");
  expect(proposal.summary).toContain("to 2 chats");
  expect(await refusal(settled(batch))).toBe("batch_not_approved");
  await office.approve(question?.actionId ?? "", { by: "Ines" });
  expect(await batch.approve(GATE)).toMatchObject({ status: "done" });
  expect(await settled(batch)).toHaveLength(2);
});

test("An approval lapses in the middle of a run; its code opens nothing again, and a new one goes on", async () => {
  await using desk = await batchDesk({
    actions: { ...byCode, batchApprovalLeaseMs: DAY_MS, batchRunLeaseMs: 2 * DAY_MS },
  });
  const { batches, clock, sandbox } = desk;
  const batch = await batches.addMember({ user: LIV, groups: [LAB, FAMILY, NEIGHBOURS] });
  const approve = async (target: Batch): Promise<string> => {
    const { approval } = await target.preview();
    expect(await target.approve(gateWith(approval.code))).toMatchObject({ status: "done" });
    return approval.code ?? "";
  };
  const first = await approve(batch);
  const run = batch.run();
  expect((await run.next()).value).toMatchObject({ n: 0 });
  await clock.advance(DAY_MS);
  expect(await refusal(run.next())).toBe("batch_not_approved");
  expect(await batch.status()).toMatchObject({ status: "pending_approval", counts: { pending: 2 } });
  expect(carriedOut(sandbox, ADDING)).toBe(1);
  expect(await refusal(batch.approve(gateWith(first)))).toBe("approval_invalid");
  const again = await batch.preview();
  expect(again.summary).toContain("to 2 chats");
  expect(again.warnings).toContain("1 of its 3 items are done already.");
  await approve(batch);
  expect((await settled(batch)).map(({ n }) => n)).toEqual([1, 2]);
});

test("A batch whose items were changed in the state is neither approved nor run", async () => {
  await using desk = await batchDesk();
  const { batches, store, sandbox } = desk;
  const shift = async (batchId: string, chat: string): Promise<void> => {
    const keys: string[] = [];
    for await (const [key] of store.entries("batch:")) if (key.endsWith(`${batchId}:item:0`)) keys.push(key);
    expect(keys).toHaveLength(1);
    await store.update<{ payload: object }, undefined>(keys[0] ?? "", (current) => ({
      next: { ...current, payload: { ...current?.payload, chat: sandbox.world.chat(chat).id } },
      result: undefined,
    }));
  };
  const batch = await batches.addMember({ user: LIV, groups: [LAB] });
  await approved(batch);
  await shift(batch.batchId, NEIGHBOURS);
  expect(await refusal(settled(batch))).toBe("state_lost");
  expect(await refusal(batch.preview())).toBe("state_lost");
  expect(carriedOut(sandbox, ADDING)).toBe(0);
  await batch.cancel();
});

test("A batch expires in its time, and that is written down once", async () => {
  await using desk = await batchDesk();
  const batch = await desk.batches.addMember({ user: LIV, groups: [LAB], ttlMs: DAY_MS });
  await approved(batch);
  await desk.clock.advance(DAY_MS);
  expect(await batch.status()).toMatchObject({ status: "expired" });
  expect(await refusal(settled(batch))).toBe("batch_over");
  expect(await refusal(batch.approve(GATE))).toBe("batch_over");
  expect(await refusal(batch.cancel())).toBe("batch_over");
  expect((await desk.trail()).filter(({ event }) => event === "batch_expired")).toHaveLength(1);
});
