import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { manualClock } from "tg-guarded/testing";
import { BatchStore } from "../../src/actions/batches/batch-store.js";
import { fenceOf } from "../../src/actions/batches/refusals.js";
import { BatchHistory } from "./batch-model.js";

const runner = fc.nat(2);
const fate = fc.constantFrom("success" as const, "success" as const, "failed" as const, "quota" as const);
const step = { weight: 12, arbitrary: fc.record({ do: fc.constant("step" as const), runner, fate }) };
const happenings = [
  step,
  { weight: 2, arbitrary: fc.record({ do: fc.constant("kill" as const), runner }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("die" as const), runner, fate, updates: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("approve" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 1500 }) }) },
];
const cancel = { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const) }) };
const jump = {
  weight: 1,
  arbitrary: fc.record({ do: fc.constant("jump" as const), ms: fc.integer({ min: -90_000, max: 30_000 }) }),
};
const calm = fc.array(fc.oneof(...happenings), { maxLength: 60 });
const wild = fc.array(fc.oneof(...happenings, cancel, jump), { maxLength: 60 });

type Happening = (typeof wild extends fc.Arbitrary<infer All> ? All : never) extends readonly (infer One)[]
  ? One
  : never;

async function live(happened: readonly Happening[]): Promise<BatchHistory> {
  const history = new BatchHistory();
  await history.create();
  for (const one of happened) {
    if (one.do === "step") await history.step(one.runner, one.fate);
    else if (one.do === "die") await history.die(one.runner, one.updates, one.fate);
    else if (one.do === "kill") history.kill(one.runner);
    else if (one.do === "approve") await history.approve();
    else if (one.do === "cancel") await history.cancel();
    else if (one.do === "pass") await history.pass(one.ms);
    else history.jump(one.ms);
  }
  return history;
}

describe("A batch with several runners", () => {
  test("comes to its end with every item done once or failed, whoever is killed wherever", async () => {
    await fc.assert(
      fc.asyncProperty(calm, async (happened) => {
        const history = await live(happened);
        await history.finish();
        await history.assertTrue();
        const batch = await history.batches.load(history.batchId);
        expect(["completed", "expired"]).toContain(batch?.status);
        if (batch?.status === "completed") expect(batch.counts).toMatchObject({ pending: 0, unknown: 0 });
      }),
      { numRuns: 150 },
    );
  });

  test("does nothing twice and says of nothing done that it was not, also when it is cancelled or the clock is set", async () => {
    await fc.assert(
      fc.asyncProperty(wild, async (happened) => {
        const history = await live(happened);
        await history.finish();
        await history.assertTrue();
      }),
      { numRuns: 150 },
    );
  });
});

const RUN_MS = 1000;
const APPROVAL_MS = 10_000;
const TTL_MS = 100_000;

async function batchOf(count: number, onExpired?: (batchId: string) => Promise<void>) {
  const clock = manualClock();
  const batches = new BatchStore(memoryStore({ clock }), "777", onExpired);
  const items = Array.from({ length: count }, (_, n) => ({ payload: { group: n } }));
  const { batchId, digest } = await batches.create({ operation: "addMember", items, ttlMs: TTL_MS });
  const status = async () => (await batches.load(batchId))?.status;
  const next = async () => (await batches.read(batchId))?.approvalNumber ?? 0;
  const approve = async () =>
    batches.approve(batchId, { approver: "operator", by: "ann", leaseMs: APPROVAL_MS, digest, number: await next() });
  const claim = async () => ({ batchId, fence: fenceOf(batchId, await batches.claimRun(batchId, RUN_MS)) });
  return { clock, batches, batchId, digest, status, approve, claim };
}

describe("A batch", () => {
  test("waits for an approval, which is for what it holds and nothing else", async () => {
    const { batches, batchId, status, approve, claim } = await batchOf(1);
    expect(await status()).toBe("pending_approval");
    await expect(claim()).rejects.toMatchObject({ code: "batch_not_approved" });
    const other = { approver: "operator", leaseMs: APPROVAL_MS, digest: "another", number: 1 };
    expect(await batches.approve(batchId, other)).toEqual({ kind: "changed" });
    expect(await status()).toBe("pending_approval");
    expect(await approve()).toEqual({ kind: "approved", leftMs: APPROVAL_MS });
    expect(await batches.load(batchId)).toMatchObject({
      status: "approved",
      approval: { approver: "operator", by: "ann" },
    });
  });

  test("is approved once by one approval, and by the next one only when that has lapsed", async () => {
    const { batches, batchId, digest, status, approve, clock } = await batchOf(1);
    const by = (number: number) => batches.approve(batchId, { approver: "code", leaseMs: APPROVAL_MS, digest, number });
    expect(await by(2)).toEqual({ kind: "changed" });
    await approve();
    expect(await by(2)).toEqual({ kind: "changed" });
    await clock.advance(APPROVAL_MS);
    expect(await by(1)).toEqual({ kind: "changed" });
    expect(await status()).toBe("pending_approval");
    expect(await by(2)).toMatchObject({ kind: "approved" });
  });

  test("whose items were changed is read no more", async () => {
    const clock = manualClock();
    const store = memoryStore({ clock });
    const batches = new BatchStore(store, "777");
    const blocked = { payload: { group: 2 }, blocked: { status: "failed", code: "chat_not_found" } } as const;
    const items = [{ payload: { group: 1 } }, blocked];
    const { batchId } = await batches.create({ operation: "leaveDialog", items, ttlMs: TTL_MS });
    expect(await batches.read(batchId)).toMatchObject({ approvalNumber: 1, items: [{ n: 0 }, { status: "failed" }] });
    await store.update<object, undefined>(`batch:777:${batchId}:item:0`, (current) => ({
      next: { ...current, payload: { group: 3 } },
      result: undefined,
    }));
    await expect(batches.read(batchId)).rejects.toMatchObject({ code: "state_lost" });
  });

  test("of which nothing can be done is over from the beginning", async () => {
    const batches = new BatchStore(memoryStore(), "777");
    const items = [{ payload: { group: 1 }, blocked: { status: "failed" } }] as const;
    expect(await batches.create({ operation: "leaveDialog", items, ttlMs: TTL_MS })).toMatchObject({
      status: "completed",
      counts: { failed: 1, pending: 0 },
    });
  });

  test("tells once that it has expired", async () => {
    const expired: string[] = [];
    const { batches, batchId, clock } = await batchOf(1, (id) => Promise.resolve(void expired.push(id)));
    await clock.advance(TTL_MS);
    for (let look = 0; look < 3; look++) expect((await batches.load(batchId))?.status).toBe("expired");
    expect(expired).toEqual([batchId]);
  });

  test.each<[string, (batch: Awaited<ReturnType<typeof batchOf>>) => Promise<unknown>]>([
    [
      "approve it",
      ({ batches, batchId, digest }) =>
        batches.approve(batchId, { approver: "code", leaseMs: APPROVAL_MS, digest, number: 2 }),
    ],
    ["run it", ({ batches, batchId }) => batches.claimRun(batchId, RUN_MS)],
    ["take an item of it", ({ batches, batchId }) => batches.takeItem({ batchId, fence: 1 }, 0, RUN_MS)],
    ["cancel it", ({ batches, batchId }) => batches.cancel(batchId)],
  ])("tells once that it has expired, also when the first to see it wants to %s", async (_, want) => {
    const expired: string[] = [];
    const batch = await batchOf(1, (batchId) => Promise.resolve(void expired.push(batchId)));
    await batch.approve();
    await batch.claim();
    await batch.clock.advance(TTL_MS);
    for (let times = 0; times < 2; times++) {
      expect(await want(batch)).toMatchObject({ kind: "over", end: "expired" });
      expect(await batch.batches.items(batch.batchId)).toMatchObject([{ status: "pending" }]);
      expect(expired).toEqual([batch.batchId]);
    }
  });

  test("has one run among many that want it, and another only once the lease has lapsed", async () => {
    const { batches, batchId, approve, clock } = await batchOf(1);
    await approve();
    const claims = await Promise.all(Array.from({ length: 8 }, () => batches.claimRun(batchId, RUN_MS)));
    expect(claims.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    await clock.advance(RUN_MS - 1);
    expect(await batches.claimRun(batchId, RUN_MS)).toEqual({ kind: "busy", waitMs: 1 });
    await clock.advance(1);
    expect(await batches.claimRun(batchId, RUN_MS)).toEqual({ kind: "claimed", fence: 2 });
    expect(await batches.renewRun({ batchId, fence: 1 }, RUN_MS)).toBe(false);
  });

  test("asks again when its approval lapses, and begins no item until then", async () => {
    const { batches, approve, claim, clock, status } = await batchOf(2);
    await approve();
    const run = await claim();
    for (let renewed = 0; renewed < 11; renewed++) {
      await clock.advance(900);
      expect(await batches.renewRun(run, RUN_MS)).toBe(true);
    }
    await clock.advance(100);
    expect(await batches.takeItem(run, 0, RUN_MS)).toEqual({ kind: "not_approved" });
    expect(await status()).toBe("pending_approval");
    await approve();
    expect(await batches.takeItem(run, 0, RUN_MS)).toEqual({
      kind: "taken",
      payload: { group: 0 },
      approvalLeftMs: APPROVAL_MS,
    });
  });

  test("tells the next runner which item may have been done, and since when", async () => {
    const { batches, approve, claim, clock } = await batchOf(1);
    await approve();
    const first = await claim();
    await batches.takeItem(first, 0, RUN_MS);
    await clock.advance(RUN_MS);
    const second = await claim();
    expect(await batches.takeItem(second, 0, RUN_MS)).toMatchObject({ kind: "taken", uncertainSinceMs: RUN_MS });
    expect(await batches.settleItem(first, 0, { status: "success" })).toBe(false);
    expect(await batches.releaseItem(second, 0)).toBe(true);
    await clock.advance(500);
    expect(await batches.takeItem(second, 0, RUN_MS)).toMatchObject({ uncertainSinceMs: RUN_MS + 500 });
    expect(await batches.settleItem(second, 0, { status: "already_member" })).toBe(true);
    expect(await batches.takeItem(second, 0, RUN_MS)).toEqual({ kind: "settled", status: "already_member" });
  });

  test("gives an item to no run that was overtaken, nor to the same run twice", async () => {
    const { batches, approve, claim, clock } = await batchOf(2);
    await approve();
    const first = await claim();
    await batches.takeItem(first, 0, RUN_MS);
    expect(await batches.takeItem(first, 0, RUN_MS)).toEqual({ kind: "overtaken" });
    await clock.advance(RUN_MS);
    const second = await claim();
    expect(await batches.takeItem(first, 1, RUN_MS)).toEqual({ kind: "overtaken" });
    expect(await batches.takeItem(second, 1, RUN_MS)).not.toHaveProperty("uncertainSinceMs");
    await batches.takeItem(second, 0, RUN_MS);
    await batches.releaseItem(second, 0);
    expect(await batches.takeItem(first, 0, RUN_MS)).toEqual({ kind: "overtaken" });
    // The overtaken run has left no trace: the item is as free as before.
    expect(await batches.takeItem(second, 0, RUN_MS)).toMatchObject({ kind: "taken" });
  });

  test("has no second run while the first one works on, although its approval lapsed and another was given", async () => {
    const { batches, batchId, approve, claim, clock } = await batchOf(1);
    await approve();
    await clock.advance(APPROVAL_MS - 1);
    const run = await claim();
    await clock.advance(1);
    expect(await batches.load(batchId)).toMatchObject({ status: "pending_approval" });
    await approve();
    await expect(claim()).rejects.toMatchObject({ code: "batch_busy" });
    expect(await batches.takeItem(run, 0, RUN_MS)).toMatchObject({ kind: "taken" });
  });

  test("pauses when a quota is used up, and says when it can go on", async () => {
    const { batches, batchId, approve, claim, clock, status } = await batchOf(1);
    await approve();
    const run = await claim();
    await batches.endRun(run, { kind: "paused", waitMs: 5000 });
    expect(await batches.load(batchId)).toMatchObject({
      status: "paused_quota",
      goesOnAt: new Date(clock.now() + 5000).toISOString(),
    });
    await expect(claim()).rejects.toMatchObject({ code: "batch_paused", details: { retryAfterMs: 5000 } });
    await clock.advance(5000);
    expect(await status()).toBe("approved");
    expect(await claim()).toEqual({ batchId, fence: 2 });
  });

  test("is completed only when every item is settled", async () => {
    const { batches, batchId, approve, claim, status } = await batchOf(2);
    await approve();
    const run = await claim();
    await batches.takeItem(run, 0, RUN_MS);
    await batches.settleItem(run, 0, { status: "failed", code: "telegram_error" });
    await batches.endRun(run, { kind: "completed" });
    expect(await status()).toBe("approved");
    const again = await claim();
    await batches.takeItem(again, 1, RUN_MS);
    await batches.settleItem(again, 1, { status: "success" });
    await batches.endRun(again, { kind: "completed" });
    const done = await batches.load(batchId);
    expect(done).toMatchObject({ status: "completed", counts: { success: 1, failed: 1, pending: 0 } });
    expect(done?.approval).toBeUndefined();
    await expect(claim()).rejects.toMatchObject({ code: "batch_over", details: { status: "completed" } });
  });

  test("expires in its own time, also after the clock was set back, and stays expired", async () => {
    const { batches, batchId, approve, clock, status, claim } = await batchOf(1);
    await approve();
    clock.set(clock.now() - 10 * TTL_MS);
    const run = await claim();
    await batches.takeItem(run, 0, RUN_MS);
    await clock.advance(TTL_MS - 1);
    expect(await status()).toBe("pending_approval");
    await clock.advance(1);
    expect(await status()).toBe("expired");
    clock.set(clock.now() - 10 * TTL_MS);
    expect(await approve()).toEqual({ kind: "over", end: "expired" });
    // Somebody began it, and nobody will find out.
    expect(await batches.items(batchId)).toMatchObject([{ status: "unknown" }]);
  });

  test("that is cancelled begins nothing more, and what was begun is still settled", async () => {
    const { batches, batchId, approve, claim, status } = await batchOf(2);
    await approve();
    const run = await claim();
    await batches.takeItem(run, 0, RUN_MS);
    expect(await batches.cancel(batchId)).toEqual({ kind: "cancelled" });
    expect(await batches.takeItem(run, 1, RUN_MS)).toEqual({ kind: "over", end: "cancelled" });
    expect(await batches.settleItem(run, 0, { status: "success" })).toBe(true);
    expect((await batches.items(batchId)).map((item) => item.status)).toEqual(["success", "pending"]);
    expect(await status()).toBe("cancelled");
  });

  test("is listed with its account's others, newest first, items that cannot be done included", async () => {
    const { batches, batchId, clock } = await batchOf(1);
    await clock.advance(5);
    const blocked = { status: "blocked_rights", code: "chat_not_found" } as const;
    const items = [{ payload: { group: 1 }, blocked }, { payload: { group: 2 } }];
    const second = await batches.create({ operation: "leaveDialog", items, note: "spring", ttlMs: TTL_MS });
    expect(second.counts).toMatchObject({ blocked_rights: 1, pending: 1 });
    expect((await batches.list()).map((batch) => [batch.batchId, batch.note])).toEqual([
      [second.batchId, "spring"],
      [batchId, undefined],
    ]);
    expect(await batches.load("bat_none")).toBeUndefined();
  });
});
