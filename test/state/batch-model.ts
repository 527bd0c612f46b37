import { expect } from "vitest";
import { memoryStore, type StateStore } from "tg-guarded";
import { manualClock } from "tg-guarded/testing";
import { BatchStore } from "../../src/actions/batches/batch-store.js";

const RUN_LEASE_MS = 1000;
const APPROVAL_LEASE_MS = 5000;
const TTL_MS = 60_000;
const PAUSE_MS = 2000;
const ITEMS = 5;

/** What becomes of an item when a runner works on it. */
export type Fate = "success" | "failed" | "quota";

class Death extends Error {}

type Stage =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly fence: number }
  | { readonly kind: "working"; readonly fence: number; readonly n: number; readonly uncertain: boolean }
  | { readonly kind: "worked"; readonly fence: number; readonly n: number };

/**
 * Several runners work on one batch, a step of one at a time, and this keeps account of what came of it in the world. It
 * judges by what the runners were answered and by the time that has really passed.
 */
export class BatchHistory {
  readonly clock = manualClock();
  /** After so many updates the process is dead, also in the middle of a step. */
  #updatesLeft = Infinity;
  readonly batches = new BatchStore(this.#mortal(memoryStore({ clock: this.clock })), "777");
  /** How often each item was really done. */
  readonly world = Array.from({ length: ITEMS }, () => 0);
  readonly #stages: Stage[] = [{ kind: "idle" }, { kind: "idle" }, { kind: "idle" }];
  batchId = "";
  #digest = "";
  #passedMs = 0;
  #jumped = false;
  #approvedUntil: number | undefined;
  #cancelled = false;

  async create(): Promise<void> {
    const items = Array.from({ length: ITEMS }, (_, n) => ({ payload: { group: n } }));
    const { batchId, digest } = await this.batches.create({ operation: "addMember", items, ttlMs: TTL_MS });
    [this.batchId, this.#digest] = [batchId, digest];
  }

  async pass(ms: number): Promise<void> {
    this.#passedMs += ms;
    await this.clock.advance(ms);
  }

  jump(ms: number): void {
    this.#jumped = true;
    this.clock.set(this.clock.now() + ms);
  }

  async approve(): Promise<void> {
    const approving = {
      approver: "operator",
      leaseMs: APPROVAL_LEASE_MS,
      digest: this.#digest,
      number: (await this.batches.read(this.batchId))?.approvalNumber ?? 0,
    };
    const approved = await this.batches.approve(this.batchId, approving);
    if (approved.kind === "approved") this.#approvedUntil = this.#passedMs + APPROVAL_LEASE_MS;
  }

  async cancel(): Promise<void> {
    const { kind } = await this.batches.cancel(this.batchId);
    this.#cancelled ||= kind === "cancelled";
  }

  /** It forgets everything, as a killed process does. */
  kill(runner: number): void {
    this.#stages[runner] = { kind: "idle" };
  }

  /** It is killed within its next step, after so many updates of the store. */
  async die(runner: number, updates: number, fate: Fate): Promise<void> {
    this.#updatesLeft = updates;
    await this.step(runner, fate).catch((error: unknown) => {
      if (!(error instanceof Death)) throw error;
    });
    this.#updatesLeft = Infinity;
    this.kill(runner);
  }

  #mortal(store: StateStore): StateStore {
    return {
      ...store,
      update: (key, transition, options) => {
        if (this.#updatesLeft-- <= 0) return Promise.reject(new Death());
        return store.update(key, transition, options);
      },
    };
  }

  async step(runner: number, fate: Fate): Promise<void> {
    this.#stages[runner] = await this.#after(this.#stages[runner] ?? { kind: "idle" }, fate);
  }

  async #after(stage: Stage, fate: Fate): Promise<Stage> {
    const run = { batchId: this.batchId, fence: stage.kind === "idle" ? 0 : stage.fence };
    switch (stage.kind) {
      case "idle": {
        const claimed = await this.batches.claimRun(this.batchId, RUN_LEASE_MS);
        if (claimed.kind !== "claimed") return stage;
        this.#assertApproved();
        return { kind: "running", fence: claimed.fence };
      }
      case "running":
        return this.#take(stage.fence);
      case "working": {
        // The write goes out under the lease, or not at all.
        if (!(await this.batches.renewRun(run, RUN_LEASE_MS))) return { kind: "idle" };
        return this.#work(stage, fate);
      }
      case "worked":
        await this.batches.settleItem(run, stage.n, { status: "success" });
        return { kind: "running", fence: stage.fence };
    }
  }

  async #take(fence: number): Promise<Stage> {
    const run = { batchId: this.batchId, fence };
    const next = (await this.batches.items(this.batchId)).find(({ settledAt }) => settledAt === undefined);
    if (next === undefined) {
      await this.batches.endRun(run, { kind: "completed" });
      return { kind: "idle" };
    }
    const granted = await this.batches.takeItem(run, next.n, RUN_LEASE_MS);
    if (granted.kind !== "taken") return { kind: "idle" };
    this.#assertApproved();
    expect(granted.payload).toEqual({ group: next.n });
    return { kind: "working", fence, n: next.n, uncertain: granted.uncertainSinceMs !== undefined };
  }

  async #work({ fence, n, uncertain }: Extract<Stage, { kind: "working" }>, fate: Fate): Promise<Stage> {
    const run = { batchId: this.batchId, fence };
    const isDone = this.world[n] !== 0;
    // Nobody begins what was done, unless told that it may have been.
    if (isDone) expect(uncertain).toBe(true);
    if (isDone) return { kind: "worked", fence, n };
    if (fate === "success") {
      this.world[n] = 1;
      return { kind: "worked", fence, n };
    }
    if (fate === "failed") {
      await this.batches.settleItem(run, n, { status: "failed", code: "telegram_error" });
      return { kind: "running", fence };
    }
    await this.batches.releaseItem(run, n);
    await this.batches.endRun(run, { kind: "paused", waitMs: PAUSE_MS });
    return { kind: "idle" };
  }

  #assertApproved(): void {
    expect(this.#cancelled).toBe(false);
    expect(this.#approvedUntil).toBeDefined();
    if (!this.#jumped) expect(this.#passedMs).toBeLessThan(this.#approvedUntil ?? 0);
  }

  /** One runner goes on to the end, with whatever approvals and pauses that takes. */
  async finish(): Promise<void> {
    for (let runner = 0; runner < 3; runner++) this.kill(runner);
    for (let round = 0; round < 100; round++) {
      const status = (await this.batches.load(this.batchId))?.status;
      if (status === "completed" || status === "cancelled" || status === "expired") return;
      if (status === "pending_approval") await this.approve();
      if (status === "paused_quota") await this.pass(PAUSE_MS);
      const before = this.#stages[0]?.kind;
      await this.step(0, "success");
      if (before === "idle" && this.#stages[0]?.kind === "idle") await this.pass(RUN_LEASE_MS / 4);
    }
    throw new Error("The batch does not come to an end.");
  }

  /** What the batch says of its items is what became of them. */
  async assertTrue(): Promise<void> {
    const batch = await this.batches.load(this.batchId);
    const items = await this.batches.items(this.batchId);
    expect(items.map(({ n }) => n)).toEqual(this.world.map((_, n) => n));
    for (const { n, status } of items) {
      if (status === "success") expect(this.world[n]).toBe(1);
      if (status === "failed") expect(this.world[n]).toBe(0);
      if (status === "pending")
        expect([batch?.status, this.world[n]]).toEqual([expect.not.stringMatching("completed"), 0]);
    }
    expect(Object.values(batch?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(ITEMS);
  }
}
