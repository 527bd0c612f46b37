import type { Step, Transition } from "../stores/store.js";

/** How an item can end, in the original's words. */
export type ItemEnd = "success" | "already_member" | "failed" | "blocked_rights" | "blocked_policy" | "unknown";

type ItemPhase =
  /** `uncertainSince`: an earlier run may have done it since then. */
  | { readonly kind: "pending"; readonly uncertainSince?: number }
  | { readonly kind: "taken"; readonly since: number; readonly uncertainSince?: number }
  | { readonly kind: "settled"; readonly status: ItemEnd; readonly settledAt: number; readonly code?: string };

/** One item of a batch, in a record of its own, so that each is durable as soon as it is done. */
export interface BatchItemState {
  readonly v: 1;
  /** The store's clock when this was written. */
  readonly at: number;
  readonly n: number;
  /** What the operation needs to carry it out: resolved ids, never a text. */
  readonly payload: unknown;
  /** Of the last run that took it. */
  readonly fence: number;
  readonly phase: ItemPhase;
  /** As long as the batch is. */
  readonly forgetAt: number;
}

export interface CreatingItem {
  readonly n: number;
  readonly payload: unknown;
  readonly keepMs: number;
  /** Of an item that cannot be done, which is known from the beginning. */
  readonly blocked?: { readonly status: ItemEnd; readonly code?: string };
}

export const createItem =
  ({ n, payload, keepMs, blocked }: CreatingItem): Transition<BatchItemState, undefined> =>
  (current, now) => {
    if (current !== undefined) return { next: current, result: undefined };
    const phase: ItemPhase =
      blocked === undefined ? { kind: "pending" } : { kind: "settled", settledAt: now, ...blocked };
    return write({ v: 1, at: now, n, payload, fence: 0, phase, forgetAt: now + keepMs }, undefined);
  };

export type ItemTaken =
  | { readonly kind: "taken"; readonly payload: unknown; readonly uncertainSinceMs?: number }
  | { readonly kind: "settled"; readonly status: ItemEnd }
  /** A later run has it. */
  | { readonly kind: "overtaken" }
  | { readonly kind: "missing" };

/** Takes the item for the run of this fence. What an earlier run took and did not settle it may have done. */
export const takeItem =
  (fence: number): Transition<BatchItemState, ItemTaken> =>
  (current, now) => {
    if (current === undefined) return { next: current, result: { kind: "missing" } };
    const state = itemNow(current, now);
    const { phase } = state;
    if (phase.kind === "settled") return { next: current, result: { kind: "settled", status: phase.status } };
    const isFree = phase.kind === "pending" ? fence >= state.fence : fence > state.fence;
    if (!isFree) return { next: current, result: { kind: "overtaken" } };
    const uncertainSince = phase.uncertainSince ?? (phase.kind === "taken" ? phase.since : undefined);
    const uncertain = uncertainSince === undefined ? {} : { uncertainSince };
    const next: BatchItemState = { ...state, at: now, fence, phase: { kind: "taken", since: now, ...uncertain } };
    const sinceMs = uncertainSince === undefined ? {} : { uncertainSinceMs: now - uncertainSince };
    return write(next, { kind: "taken", payload: state.payload, ...sinceMs });
  };

export interface ItemSettling {
  readonly status: ItemEnd;
  /** The error's, where it ended in one. */
  readonly code?: string;
}

/** Writes down how it ended. False when another run has taken over. */
export const settleItem =
  (fence: number, ending: ItemSettling): Transition<BatchItemState, boolean> =>
  (current, now) => {
    const state = current && itemNow(current, now);
    if (state?.phase.kind !== "taken" || state.fence !== fence) return { next: current, result: false };
    return write({ ...state, at: now, phase: { kind: "settled", settledAt: now, ...ending } }, true);
  };

/** This run surely did nothing: the item waits again, as uncertain as it was when it was taken. */
export const releaseItem =
  (fence: number): Transition<BatchItemState, boolean> =>
  (current, now) => {
    const state = current && itemNow(current, now);
    if (state?.phase.kind !== "taken" || state.fence !== fence) return { next: current, result: false };
    const { uncertainSince } = state.phase;
    const uncertain = uncertainSince === undefined ? {} : { uncertainSince };
    return write({ ...state, at: now, phase: { kind: "pending", ...uncertain } }, true);
  };

/** What somebody began is not forgotten before it is settled. */
const write = <R>(next: BatchItemState, result: R): Step<BatchItemState, R> => ({
  next,
  result,
  expiresAt: next.phase.kind === "taken" ? Infinity : next.forgetAt,
});

/** A clock set back moves every stored time with it. */
function itemNow(state: BatchItemState, now: number): BatchItemState {
  const back = state.at - now;
  return back <= 0
    ? state
    : { ...state, at: now, forgetAt: state.forgetAt - back, phase: movePhase(state.phase, back) };
}

function movePhase(phase: ItemPhase, back: number): ItemPhase {
  if (phase.kind === "settled") return { ...phase, settledAt: phase.settledAt - back };
  const moved = phase.kind === "taken" ? { ...phase, since: phase.since - back } : phase;
  return moved.uncertainSince === undefined ? moved : { ...moved, uncertainSince: moved.uncertainSince - back };
}
