import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Guard } from "tg-guarded";
import {
  ADDING,
  approved,
  batchDesk,
  carriedOut,
  COUNCIL,
  FAMILY,
  isIn,
  LAB,
  LIV,
  NEIGHBOURS,
  settled,
} from "./batch-desk.js";

const DAY_MS = 86_400_000;
const GROUPS = [LAB, FAMILY, NEIGHBOURS];
const LEAVING = /leaveChannel|deleteChatUser/;
const CHATS = [COUNCIL, "@quiet_quay", "@night_watch", FAMILY, NEIGHBOURS, "@tide_talk_chat"];

test("A used-up quota pauses the batch, and the next day it goes on; no day sees more than it has", async () => {
  await using desk = await batchDesk({ joins: 4 });
  const { sandbox, clock, batches } = desk;
  const batch = await approved(await batches.leaveDialog({ chats: CHATS }));
  const first = await settled(batch);
  expect(first.map(({ status }) => status)).toEqual(["success", "success", "success", "success"]);
  const { status, goesOnAt = "" } = await batch.status();
  expect(status).toBe("paused_quota");
  const waitMs = Date.parse(goesOnAt) - clock.now();
  expect(waitMs).toBeGreaterThan(0);
  expect(waitMs).toBeLessThanOrEqual(DAY_MS);
  await expect(settled(batch)).rejects.toMatchObject({ code: "batch_paused", details: { retryAfterMs: waitMs } });
  expect(carriedOut(sandbox, LEAVING)).toBe(4);
  await clock.advance(waitMs);
  expect((await settled(batch)).map(({ n }) => n)).toEqual([4, 5]);
  expect(await batch.status()).toMatchObject({ status: "completed", counts: { success: 6 } });
  expect(CHATS.map((chat) => isIn(sandbox, chat, "@mira_halvorsen"))).toEqual(CHATS.map(() => false));
  expect((await desk.trail()).filter(({ event }) => event === "batch_paused")).toMatchObject([
    { code: "quota_exceeded" },
  ]);
});

test("An open circuit pauses it too, until it closes", async () => {
  await using desk = await batchDesk();
  const { sandbox, clock, batches } = desk;
  const batch = await approved(await batches.leaveDialog({ chats: CHATS }));
  sandbox.faults.add({ method: "channels.leaveChannel", nth: 2, error: "FLOOD_WAIT_5000" });
  const items: number[] = [];
  const run = async () => {
    for await (const { n } of batch.run()) items.push(n);
  };
  await expect(run()).rejects.toMatchObject({ code: "flood_wait" });
  expect(await batch.status()).toMatchObject({ status: "approved", counts: { success: 1, pending: 5 } });
  await run();
  expect(await batch.status()).toMatchObject({ status: "paused_quota", counts: { success: 1, pending: 5 } });
  await clock.advance(5_001_000);
  await run();
  expect(items).toEqual([0, 1, 2, 3, 4, 5]);
  expect(carriedOut(sandbox, LEAVING)).toBe(6);
});

test("An account that Telegram limits fails no item", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const batch = await approved(await batches.addMember({ user: LIV, groups: GROUPS }));
  sandbox.faults.add({ method: "channels.inviteToChannel", nth: 1, error: "PEER_FLOOD" });
  await expect(settled(batch)).rejects.toMatchObject({ details: { name: "PEER_FLOOD" } });
  expect(await batch.status()).toMatchObject({ status: "approved", counts: { pending: 3 } });
  // What can be settled without a write is not held up.
  expect(await settled(batch)).toEqual([]);
  expect(await batch.status()).toMatchObject({ status: "paused_quota" });
});

test("Cancelled in the middle, it ends behind the item at hand, for good", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const batch = await approved(await batches.leaveDialog({ chats: CHATS }));
  const items: number[] = [];
  for await (const { n } of batch.run()) {
    items.push(n);
    if (n === 1) await (await batches.open(batch.batchId)).cancel();
  }
  expect(items).toEqual([0, 1]);
  expect(await batch.status()).toMatchObject({ status: "cancelled", counts: { success: 2, pending: 4 } });
  await expect(settled(batch)).rejects.toMatchObject({ code: "batch_over", details: { status: "cancelled" } });
  expect(carriedOut(sandbox, LEAVING)).toBe(2);
  expect((await desk.trail()).at(-1)).toMatchObject({ event: "batch_cancelled", batchId: batch.batchId });
});

test("Leaving the loop ends the run, and another can begin at once", async () => {
  await using desk = await batchDesk();
  const batch = await approved(await desk.batches.leaveDialog({ chats: CHATS }));
  for await (const { n } of batch.run()) if (n === 1) break;
  expect(await batch.status()).toMatchObject({ status: "approved", counts: { success: 2, pending: 4 } });
  expect((await settled(batch)).map(({ n }) => n)).toEqual([2, 3, 4, 5]);
});

test("An abort ends the run, and what it had begun is looked into by the next one", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const batch = await approved(await batches.addMember({ user: LIV, groups: GROUPS }));
  const controller = new AbortController();
  sandbox.faults.add({ method: "channels.inviteToChannel", nth: 1, silence: true });
  const run = settled(batch, { signal: controller.signal });
  const reason = new Error("enough");
  const taken = (): boolean => sandbox.log.some(({ method }) => method === "channels.inviteToChannel");
  while (!taken()) await setImmediate();
  controller.abort(reason);
  await expect(run).rejects.toBe(reason);
  expect(await batch.status()).toMatchObject({ status: "approved", counts: { pending: 3 } });
  expect((await settled(batch)).map(({ status }) => status)).toEqual(["success", "already_member", "success"]);
  expect(GROUPS.map((chat) => isIn(sandbox, chat, LIV))).toEqual([true, true, true]);
  await expect(settled(batch, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({ code: "batch_over" });
});

test("Two clients that want to run it at the same time share no item", async () => {
  await using desk = await batchDesk();
  await using other = await batchDesk({}, desk);
  const batch = await approved(await desk.batches.leaveDialog({ chats: CHATS }));
  const same = await other.batches.open(batch.batchId);
  const done: number[] = [];
  const refused: string[] = [];
  const work = async (mine: typeof batch): Promise<void> => {
    while ((await mine.status()).status !== "completed") {
      try {
        for await (const { n } of mine.run({ maxActions: 1 })) done.push(n);
      } catch (error) {
        if (!(error instanceof Error) || !("code" in error)) throw error;
        refused.push(String(error.code));
        await setImmediate();
      }
    }
  };
  await Promise.all([work(batch), work(same)]);
  expect(done.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(carriedOut(desk.sandbox, LEAVING)).toBe(6);
  expect(new Set(refused).size).toBeLessThanOrEqual(2);
  for (const code of refused) expect(["batch_busy", "batch_over"]).toContain(code);
});

test("What the audit trail takes no line of is not begun", async () => {
  await using desk = await batchDesk();
  const batch = await approved(await desk.batches.leaveDialog({ chats: CHATS }));
  const run = batch.run();
  await run.next();
  await rm(join(desk.dataDir, "audit"), { recursive: true });
  await expect(run.next()).rejects.toMatchObject({ code: "audit_broken" });
  await expect(settled(batch)).rejects.toMatchObject({ code: "audit_broken" });
  // The second item was done when its line could not be written; nothing after it was begun.
  expect(carriedOut(desk.sandbox, LEAVING)).toBe(2);
  expect(await batch.status()).toMatchObject({ status: "approved", counts: { success: 2, pending: 4 } });
});

test("While one client runs it, the other is told so", async () => {
  await using desk = await batchDesk();
  await using other = await batchDesk({}, desk);
  const batch = await approved(await desk.batches.leaveDialog({ chats: CHATS }));
  const run = batch.run();
  await run.next();
  await expect(settled(await other.batches.open(batch.batchId))).rejects.toMatchObject({ code: "batch_busy" });
  await run.return();
  expect(await settled(await other.batches.open(batch.batchId))).toHaveLength(5);
});

test.each(["channels.inviteToChannel", "messages.addChatUser"])(
  "A connection cut after %s was carried out adds once",
  async (method) => {
    await using desk = await batchDesk();
    const { sandbox, batches } = desk;
    sandbox.faults.add({ method, nth: 1, drop: "after" });
    const batch = await approved(await batches.addMember({ user: LIV, groups: [LAB, NEIGHBOURS] }));
    expect((await settled(batch)).map(({ status }) => status)).toEqual(["success", "success"]);
    expect([LAB, NEIGHBOURS].map((chat) => isIn(sandbox, chat, LIV))).toEqual([true, true]);
    expect(await batch.status()).toMatchObject({ status: "completed", counts: { success: 2 } });
  },
);

test("A guard that swaps the request is stopped at the transport, and the item waits", async () => {
  const swap: Guard = (call, next) => {
    if (call.method !== "channels.inviteToChannel" || !("users" in call.request)) return next(call);
    const request = Object.assign(
      Object.create(Object.getPrototypeOf(call.request) as object) as typeof call.request,
      call.request,
      { users: [] },
    );
    return next({ ...call, request });
  };
  await using desk = await batchDesk({ guards: { perAttempt: [swap] } });
  const batch = await approved(await desk.batches.addMember({ user: LIV, groups: [LAB] }));
  await expect(settled(batch)).rejects.toMatchObject({ code: "claim_mismatch" });
  expect(await batch.status()).toMatchObject({ status: "approved", counts: { pending: 1 } });
  expect(carriedOut(desk.sandbox, ADDING)).toBe(0);
});

test("What nobody can explain ends the run; the item is unknown, and is not tried again by itself", async () => {
  const mistake = new TypeError("a mistake in a guard");
  let nth = 0;
  const broken: Guard = async (call, next) => {
    const answer = await next(call);
    if (LEAVING.test(call.method) && ++nth === 2) throw mistake;
    return answer;
  };
  await using desk = await batchDesk({ guards: { perAttempt: [broken] } });
  const batch = await approved(await desk.batches.leaveDialog({ chats: CHATS.slice(0, 3) }));
  await expect(settled(batch)).rejects.toBe(mistake);
  expect((await batch.items()).map(({ status }) => status)).toEqual(["success", "unknown", "pending"]);
  expect((await settled(batch)).map(({ n }) => n)).toEqual([2]);
  expect(carriedOut(desk.sandbox, LEAVING)).toBe(3);
});
