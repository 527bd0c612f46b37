import { abortReason } from "../../clock.js";
import { NEVER_ABORTED } from "../../call.js";
import type { AuditEntry } from "../../audit/entry.js";
import type { ItemSettling } from "../../state/batch-item.js";
import { codeOf } from "../journal.js";
import { holdLease } from "../lease.js";
import { assertEnabled } from "../plan.js";
import type { BatchContext } from "./batch-context.js";
import type { BatchItem } from "./batch-shapes.js";
import type { ItemGranted, RunRef } from "./batch-store.js";
import { payloadOf } from "./batch-target.js";
import { inBulk } from "./in-bulk.js";
import { pauseOf } from "./item-endings.js";
import type { BatchKind } from "./kinds.js";
import { batchUnknown, fenceOf, halted, leaseLost } from "./refusals.js";
import { workOn, type TakenItem, type Worked } from "./run-item.js";

/** How much of a batch one run does. */
export interface BatchRunOptions {
  /** So many items are worked on; the next run goes on behind them. @defaultValue 100 */
  readonly maxActions?: number;
  /** Ends the run; the item at hand waits for the next one. */
  readonly signal?: AbortSignal;
}

export interface RunnableBatch {
  readonly batchId: string;
  readonly kind: BatchKind;
}

type Step =
  | { readonly kind: "settled"; readonly item: BatchItem | undefined }
  /** Another run was faster; nothing was done. */
  | { readonly kind: "skipped" }
  /** The run is over, in good order. */
  | { readonly kind: "over" };

/** Works on a batch under a lease, and gives each item as soon as it is settled. Leaving the loop ends the run. */
export async function* runBatch(
  outer: BatchContext,
  { batchId, kind }: RunnableBatch,
  { maxActions = 100, signal = NEVER_ABORTED }: BatchRunOptions,
): AsyncGenerator<BatchItem, void, undefined> {
  const context = { ...outer, telegram: inBulk(outer.telegram, outer.clock) };
  const { batches, policy, clock } = context;
  assertEnabled(policy, kind.name);
  const leaseMs = policy.batchRunLeaseMs;
  const batch = await batches.load(batchId);
  if (batch === undefined) throw batchUnknown(batchId);
  const run = { batchId, fence: fenceOf(batchId, await batches.claimRun(batchId, leaseMs)) };
  const lease = holdLease({ leaseMs, renew: (forMs) => batches.renewRun(run, forMs) }, clock, signal);
  try {
    yield* new BatchRun(context, kind, run, lease.signal).items(maxActions);
  } finally {
    lease.end();
    // Does nothing where the run has ended already. A store that fails now lets the lease lapse.
    await batches.endRun(run, { kind: "released" }).catch(() => false);
  }
}

class BatchRun {
  readonly #context: BatchContext;
  readonly #kind: BatchKind;
  readonly #run: RunRef;
  readonly #signal: AbortSignal;

  constructor(context: BatchContext, kind: BatchKind, run: RunRef, signal: AbortSignal) {
    this.#context = context;
    this.#kind = kind;
    this.#run = run;
    this.#signal = signal;
  }

  async *items(maxActions: number): AsyncGenerator<BatchItem, void, undefined> {
    const { batches } = this.#context;
    const batch = await batches.read(this.#run.batchId);
    if (batch === undefined) throw batchUnknown(this.#run.batchId);
    await this.#note("batch_running");
    const pending = batch.items.filter(({ status }) => status === "pending").map(({ n }) => n);
    if (pending.length === 0) await this.#complete();
    const last = pending.at(-1);
    for (const n of pending.slice(0, maxActions)) {
      const step = await this.#step(n);
      if (step.kind === "over") return;
      if (n === last) await this.#complete();
      if (step.kind === "settled" && step.item !== undefined) yield step.item;
    }
  }

  async #step(n: number): Promise<Step> {
    if (this.#signal.aborted) throw abortReason(this.#signal);
    const { batchId } = this.#run;
    const granted = await this.#context.batches.takeItem(this.#run, n, this.#leaseMs);
    if (granted.kind !== "taken") return this.#notGranted(granted);
    const { payload, uncertainSinceMs } = granted;
    const item = { batchId, n, target: payloadOf(payload), resumed: uncertainSinceMs !== undefined };
    const worked = await workOn(this.#context, this.#kind, item, this.#signal);
    switch (worked.kind) {
      case "ended":
        return this.#settle(item, worked.ending);
      case "stopped":
        return this.#stop(n, worked);
      case "broken":
        await this.#settle(item, { status: "unknown", code: "outcome_unknown" });
        throw worked.error;
    }
  }

  #notGranted(granted: Exclude<ItemGranted, { readonly kind: "taken" }>): Step {
    const { batchId } = this.#run;
    switch (granted.kind) {
      case "settled":
        return { kind: "skipped" };
      case "overtaken":
        throw leaseLost(batchId, this.#leaseMs);
      case "over":
        if (granted.end === "cancelled") return { kind: "over" };
        throw halted(batchId, granted);
      case "missing":
      case "not_approved":
        throw halted(batchId, granted);
    }
  }

  async #settle(item: TakenItem, ending: ItemSettling): Promise<Step> {
    const { batches, audit } = this.#context;
    const { batchId, n, target } = item;
    if (!(await batches.settleItem(this.#run, n, ending))) throw leaseLost(batchId, this.#leaseMs);
    const { name: operation } = this.#kind;
    const { status, code } = ending;
    const chat = target.chat === undefined ? undefined : await this.#context.telegram.peers.remembered(target.chat);
    await audit({
      event: "batch_item",
      batchId,
      operation,
      item: n,
      status,
      ...(chat === undefined ? {} : { targets: [{ id: chat.id, kind: chat.kind }] }),
      ...(code === undefined ? {} : { code }),
    });
    return { kind: "settled", item: await batches.item(batchId, n) };
  }

  /** What this run surely did not do waits for the next one; what it may have done the next one looks into. */
  async #stop(n: number, { error, isUntouched }: Extract<Worked, { readonly kind: "stopped" }>): Promise<Step> {
    const { batches } = this.#context;
    const waitMs = pauseOf(error);
    if (isUntouched) await batches.releaseItem(this.#run, n);
    if (waitMs === undefined) throw error;
    await batches.endRun(this.#run, { kind: "paused", waitMs });
    await this.#note("batch_paused", codeOf(error));
    return { kind: "over" };
  }

  async #complete(): Promise<void> {
    const { batches } = this.#context;
    const { batchId } = this.#run;
    const isOurs = await batches.endRun(this.#run, { kind: "completed" });
    if (isOurs && (await batches.load(batchId))?.status === "completed") await this.#note("batch_completed");
  }

  #note(
    event: "batch_running" | "batch_paused" | "batch_completed",
    more: Pick<AuditEntry, "code"> = {},
  ): Promise<void> {
    return this.#context.audit({ event, batchId: this.#run.batchId, operation: this.#kind.name, ...more });
  }

  get #leaseMs(): number {
    return this.#context.policy.batchRunLeaseMs;
  }
}
