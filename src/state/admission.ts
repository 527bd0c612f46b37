import type { Step, Transition } from "../stores/store.js";
import { addHold, coveringHold, shiftHolds, type Holds } from "./flood.js";
import { returnSlot, takeSlot, type Rate, type Slot } from "./token-bucket.js";

/** Everything that admits or holds back the requests of one account, in one record. */
export interface AdmissionState {
  readonly v: 1;
  /** The store's clock when this was written. */
  readonly at: number;
  readonly next: number;
  readonly holds: Holds;
}

export interface Ask {
  readonly rate: Rate;
  /** What Telegram may have put on hold: the method, and the chat where limits count per chat. */
  readonly scopes: readonly string[];
  /** A wait longer than this is refused, and nothing is reserved. */
  readonly maxWaitMs: number;
}

export type Answer =
  | { readonly kind: "granted"; readonly waitMs: number; readonly slot: Slot }
  | { readonly kind: "held"; readonly waitMs: number; readonly name: string }
  | { readonly kind: "refused"; readonly waitMs: number; readonly reason: "rate" | "flood" };

const fresh = (now: number): AdmissionState => ({ v: 1, at: now, next: 0, holds: {} });

/** A stored time comes with the time of writing: a clock set back moves both, so nobody waits for ever. */
function rebased(state: AdmissionState | undefined, now: number): AdmissionState {
  if (state === undefined) return fresh(now);
  const back = state.at - now;
  if (back <= 0) return state;
  return { ...state, at: now, next: state.next - back, holds: shiftHolds(state.holds, -back) };
}

/** Answers without a change; after a clock was set back the rebased times are kept, else each look would rebase anew. */
const unchanged = <R>(
  current: AdmissionState | undefined,
  state: AdmissionState,
  result: R,
): Step<AdmissionState, R> => ({
  next: current === undefined ? undefined : state,
  result,
  expiresAt: forgettableAt(state),
});

/** Hands out the next slot, or tells what stands in the way. A method under a hold reserves nothing. */
export const askAdmission =
  ({ rate, scopes, maxWaitMs }: Ask): Transition<AdmissionState, Answer> =>
  (current, now) => {
    const state = rebased(current, now);
    const hold = coveringHold(state.holds, scopes, now);
    if (hold !== undefined) {
      const waitMs = hold.until - now;
      const refused = waitMs > maxWaitMs;
      return unchanged(
        current,
        state,
        refused ? { kind: "refused", waitMs, reason: "flood" } : { kind: "held", waitMs, name: hold.name },
      );
    }
    const slot = takeSlot(state.next, rate, now);
    // Timers cut fractions off, and nobody may come too early.
    const waitMs = Math.ceil(slot.at - now);
    if (waitMs > maxWaitMs) return unchanged(current, state, { kind: "refused", waitMs, reason: "rate" });
    const next = { ...state, at: now, next: slot.to };
    return { next, result: { kind: "granted", waitMs, slot }, expiresAt: forgettableAt(next) };
  };

/** Whoever has waited for a slot looks once more before sending; the slot is paid already. */
export const lookAgain =
  (scopes: readonly string[]): Transition<AdmissionState, number> =>
  (current, now) => {
    const state = rebased(current, now);
    const hold = coveringHold(state.holds, scopes, now);
    return unchanged(current, state, hold === undefined ? 0 : hold.until - now);
  };

export const giveBack =
  (slot: Slot): Transition<AdmissionState, undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    const next = returnSlot(state.next, slot);
    return unchanged(current, next === state.next ? state : { ...state, at: now, next }, undefined);
  };

/** Telegram asked to wait: nobody uses that scope until then. */
export const holdBack =
  (scope: string, waitMs: number, name: string): Transition<AdmissionState, undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    const holds = addHold(state.holds, scope, { until: now + waitMs, name }, now);
    const next = { ...state, at: now, holds };
    return { next, result: undefined, expiresAt: forgettableAt(next) };
  };

/** From then on the record says nothing that an empty one would not: the bucket is full and every hold is over. */
function forgettableAt({ at, next, holds }: AdmissionState): number {
  const ends = Object.values(holds).map(({ until }) => until);
  // A day of slack covers any burst that options allow.
  return Math.max(at, next, ...ends) + 86_400_000;
}
