import type { BatchEnd } from "../errors.js";
import type { Step } from "../stores/store.js";

/** A person's yes to a batch. It counts for a time, not for a number of items. */
interface BatchApproval {
  readonly approver: string;
  /** Who gave it, where a person did. */
  readonly by?: string;
  readonly until: number;
}

/** Who runs the batch. The fence rises with every run, so an overtaken runner can change nothing. */
interface BatchRun {
  readonly fence: number;
  readonly until: number;
}

type BatchPhase = { readonly kind: "open" } | { readonly kind: BatchEnd; readonly endedAt: number };

/** A batch without its items, which have records of their own. */
export interface BatchState {
  readonly v: 1;
  /** The store's clock when this was written. */
  readonly at: number;
  readonly operation: string;
  /** SHA-256 of what its items do: what the approval is for. */
  readonly digest: string;
  readonly itemCount: number;
  readonly note?: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly fence: number;
  /** How often it was approved. An approval is for one of these times, so that an old one opens nothing again. */
  readonly approvals: number;
  readonly phase: BatchPhase;
  /** It outlives neither its time nor the batch; a run begun under it may last longer than it. */
  readonly approval?: BatchApproval;
  readonly run?: BatchRun;
  /** Nothing runs before this time: a quota is used up, or Telegram asked to wait. */
  readonly pausedUntil?: number;
}

/** A batch that is over is remembered for a month. */
export const REMEMBER_BATCH_MS = 2_592_000_000;

/** A step to this state. One that was not changed is not written. */
export const writeBatch = <R>(next: BatchState, result: R): Step<BatchState, R> => ({
  next,
  result,
  expiresAt: (next.phase.kind === "open" ? next.expiresAt : next.phase.endedAt) + REMEMBER_BATCH_MS,
});

/**
 * The record as it stands now: with the times moved along when the clock was set back, and without what is over. The
 * caller writes that down, so that a clock set back later brings nothing back to life.
 */
export function batchNow(state: BatchState, now: number): BatchState {
  const moved = rebaseBatch(state, now);
  if (moved.phase.kind !== "open") return moved;
  if (moved.expiresAt <= now) return endBatch(moved, "expired", now);
  const { approval, run, pausedUntil, ...rest } = moved;
  const lapsed = [approval?.until, run?.until, pausedUntil].some((until) => until !== undefined && until <= now);
  if (!lapsed) return moved;
  return {
    ...rest,
    at: now,
    ...(approval !== undefined && approval.until > now ? { approval } : {}),
    ...(run !== undefined && run.until > now ? { run } : {}),
    ...(pausedUntil !== undefined && pausedUntil > now ? { pausedUntil } : {}),
  };
}

/** The batch is over: no approval, run or pause of it counts any more. */
export function endBatch(state: BatchState, kind: BatchEnd, now: number): BatchState {
  const { v, operation, digest, itemCount, note, createdAt, expiresAt, fence, approvals } = state;
  const kept = {
    v,
    operation,
    digest,
    itemCount,
    createdAt,
    expiresAt,
    fence,
    approvals,
    ...(note === undefined ? {} : { note }),
  };
  return { ...kept, at: now, phase: { kind, endedAt: now } };
}

/** A clock set back moves every stored time with it. */
function rebaseBatch(state: BatchState, now: number): BatchState {
  const back = state.at - now;
  if (back <= 0) return state;
  const { approval, run, pausedUntil, phase } = state;
  return {
    ...state,
    at: now,
    createdAt: state.createdAt - back,
    expiresAt: state.expiresAt - back,
    phase: phase.kind === "open" ? phase : { ...phase, endedAt: phase.endedAt - back },
    ...(approval && { approval: { ...approval, until: approval.until - back } }),
    ...(run && { run: { ...run, until: run.until - back } }),
    ...(pausedUntil !== undefined && { pausedUntil: pausedUntil - back }),
  };
}

/** Which of its approvals the standing one is, or the next one would be. */
export const approvalNumber = ({ approvals, approval }: BatchState): number =>
  approval === undefined ? approvals + 1 : approvals;
