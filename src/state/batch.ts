import type { BatchEnd } from "../errors.js";
import type { Step, Transition } from "../stores/store.js";
import { approvalNumber, batchNow, endBatch, writeBatch, type BatchState } from "./batch-state.js";

export interface Creating {
  readonly operation: string;
  readonly digest: string;
  readonly itemCount: number;
  readonly note?: string;
  readonly ttlMs: number;
  /** No item of it can be done: it is over before it began. */
  readonly isEmpty?: boolean;
}

/** A new batch waits for its approval. One that exists stays as it is. */
export const createBatch =
  ({ ttlMs, isEmpty = false, ...about }: Creating): Transition<BatchState, BatchState> =>
  (current, now) => {
    if (current !== undefined) return { next: current, result: current };
    const expiresAt = now + ttlMs;
    const begun = { v: 1, at: now, ...about, createdAt: now, expiresAt, fence: 0, approvals: 0 } as const;
    const open: BatchState = { ...begun, phase: { kind: "open" } };
    const state = isEmpty ? endBatch(open, "completed", now) : open;
    return writeBatch(state, state);
  };

/** `hasExpired` is there for the first one who sees that its time is over. */
type Over = { readonly kind: "over"; readonly end: BatchEnd; readonly hasExpired?: true };

/** Why a batch cannot be worked on now. */
export type Halted = { readonly kind: "missing" } | Over | { readonly kind: "not_approved" };

export interface Approving {
  readonly approver: string;
  readonly by?: string;
  /** For how long it counts. */
  readonly leaseMs: number;
  /** Of what was shown to whoever approves. */
  readonly digest: string;
  /** Which of its approvals this is, from 1; see {@link approvalNumber}. */
  readonly number: number;
}

export type Approved =
  | Exclude<Halted, { readonly kind: "not_approved" }>
  | { readonly kind: "approved"; readonly leftMs: number }
  /** What was shown is another batch than this one, or another of its approvals. */
  | { readonly kind: "changed" };

export const approveBatch = ({ leaseMs, digest, number, ...who }: Approving): Transition<BatchState, Approved> =>
  onOpen((state, now) => {
    if (state.digest !== digest || approvalNumber(state) !== number) return writeBatch(state, { kind: "changed" });
    const approval = { ...who, until: now + leaseMs };
    return writeBatch({ ...state, at: now, approvals: number, approval }, approvedFor(leaseMs));
  });

const approvedFor = (leftMs: number): Approved => ({ kind: "approved", leftMs });

export type RunClaimed =
  | Halted
  | { readonly kind: "claimed"; readonly fence: number }
  | { readonly kind: "busy"; readonly waitMs: number }
  | { readonly kind: "paused"; readonly waitMs: number };

/** Takes the run. One runner has it at a time, also while its approval lapses or another one is given. */
export const claimRun = (leaseMs: number): Transition<BatchState, RunClaimed> =>
  onOpen((state, now) => {
    const refused = (result: RunClaimed) => writeBatch(state, result);
    if (state.run !== undefined) return refused({ kind: "busy", waitMs: state.run.until - now });
    if (state.approval === undefined) return refused({ kind: "not_approved" });
    if (state.pausedUntil !== undefined) return refused({ kind: "paused", waitMs: state.pausedUntil - now });
    const fence = state.fence + 1;
    const run = { fence, until: now + leaseMs };
    return writeBatch<RunClaimed>({ ...state, at: now, fence, run }, { kind: "claimed", fence });
  });

export type Permitted =
  | Halted
  | { readonly kind: "permitted"; readonly leftMs: number }
  /** The lease has lapsed, or another runner has taken over. */
  | { readonly kind: "overtaken" };

/** Asked before each item, once the item is taken: is the approval still valid, and is it still our run? Renews the lease. */
export const permitItem = (fence: number, leaseMs: number): Transition<BatchState, Permitted> =>
  onOpen((state, now) => {
    if (state.run?.fence !== fence) return writeBatch<Permitted>(state, { kind: "overtaken" });
    if (state.approval === undefined) return writeBatch<Permitted>(state, { kind: "not_approved" });
    const leftMs = state.approval.until - now;
    const run = { fence, until: now + leaseMs };
    return writeBatch<Permitted>({ ...state, at: now, run }, { kind: "permitted", leftMs });
  });

/** Keeps the lease while an item is worked on, whatever becomes of the approval meanwhile. False when it is not ours. */
export const renewRun =
  (fence: number, leaseMs: number): Transition<BatchState, boolean> =>
  (current, now) => {
    const state = current && batchNow(current, now);
    if (state?.run?.fence !== fence) return { next: current, result: false };
    return writeBatch({ ...state, at: now, run: { fence, until: now + leaseMs } }, true);
  };

/** How a run ended. `completed` is said by the one who has seen every item settled. */
export type RunEnding =
  { readonly kind: "released" } | { readonly kind: "paused"; readonly waitMs: number } | { readonly kind: "completed" };

/** Ends the run of this fence; another's it leaves alone. True when it was ours. */
export const endRun =
  (fence: number, ending: RunEnding): Transition<BatchState, boolean> =>
  (current, now) => {
    if (current === undefined) return { next: current, result: false };
    const { run, ...rest } = batchNow(current, now);
    if (run?.fence !== fence) return { next: current, result: false };
    if (ending.kind === "completed") return writeBatch(endBatch(rest, "completed", now), true);
    const pause = ending.kind === "paused" ? { pausedUntil: now + ending.waitMs } : {};
    return writeBatch({ ...rest, at: now, ...pause }, true);
  };

/** No further item is begun. What a runner has begun it still settles. */
export const cancelBatch: Transition<BatchState, Halted | { readonly kind: "cancelled" }> = onOpen((state, now) =>
  writeBatch(endBatch(state, "cancelled", now), { kind: "cancelled" }),
);

export interface Looked {
  readonly state: BatchState;
  /** True for the first one who sees that its time is over. */
  readonly hasExpired: boolean;
}

/** The record as it stands now; what has lapsed is written down. */
export const lookAtBatch: Transition<BatchState, Looked | undefined> = (current, now) => {
  if (current === undefined) return { next: current, result: undefined };
  const state = batchNow(current, now);
  return writeBatch(state, { state, hasExpired: current.phase.kind === "open" && state.phase.kind === "expired" });
};

/** A transition of a batch that is still open. What has lapsed is written down in any case. */
function onOpen<R>(
  transition: (state: BatchState, now: number) => Step<BatchState, R>,
): Transition<BatchState, R | Exclude<Halted, { readonly kind: "not_approved" }>> {
  return (current, now) => {
    if (current === undefined) return { next: current, result: { kind: "missing" } };
    const state = batchNow(current, now);
    const { kind } = state.phase;
    if (kind === "open") return transition(state, now);
    const seen = current.phase.kind === "open" ? ({ hasExpired: true } as const) : {};
    return writeBatch(state, { kind: "over", end: kind, ...seen });
  };
}
