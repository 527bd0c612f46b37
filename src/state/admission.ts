import type { CircuitReason } from "../errors.js";
import type { Transition } from "../stores/store.js";
import { rebased, stepTo, unchanged, type AdmissionState } from "./admission-record.js";
import {
  blocking,
  close,
  FOREVER,
  judgeFlood,
  open,
  type CircuitRule,
  type Circuits,
  type OpenCircuit,
  type Verdict,
} from "./circuit.js";
import { addHold, coveringHold } from "./flood.js";
import { returnSlot, takeSlot, type Rate, type Slot } from "./token-bucket.js";

export type { AdmissionState } from "./admission-record.js";

/** One bucket that a call draws from. */
export interface Draw {
  readonly bucket: string;
  readonly rate: Rate;
  readonly units: number;
}

export interface Ask {
  /** The buckets of the method and of the pause it belongs to. They come first, and one that is empty holds up nobody else. */
  readonly own: readonly Draw[];
  /** The bucket that all calls of the account share; none when the rate is off. */
  readonly shared: Draw | undefined;
  /** The call has its slots of `own` already and comes back for the shared one. */
  readonly ownPaid: boolean;
  /** What Telegram may have put on hold: the method, and the chat where limits count per chat. */
  readonly scopes: readonly string[];
  readonly isRead: boolean;
  /** A wait longer than this is refused, and nothing is reserved. */
  readonly maxWaitMs: number;
}

/** The slots that a call holds, by bucket. */
export type Slots = Readonly<Record<string, Slot>>;

export type Answer =
  /** Go, after the wait. */
  | { readonly kind: "granted"; readonly waitMs: number; readonly slots: Slots }
  /** The call's own buckets are paid; ask for the shared one after the wait. */
  | { readonly kind: "queued"; readonly waitMs: number; readonly slots: Slots }
  | { readonly kind: "held"; readonly waitMs: number; readonly name: string }
  | { readonly kind: "refused"; readonly waitMs: number; readonly reason: "rate" | "flood" }
  | { readonly kind: "open"; readonly waitMs: number; readonly reason: CircuitReason; readonly name?: string }
  | { readonly kind: "moved"; readonly to: string };

/** Hands out the next slot, or tells what stands in the way. A method under a hold reserves nothing. */
export const askAdmission =
  (ask: Ask): Transition<AdmissionState, Answer> =>
  (current, now) => {
    const state = rebased(current, now);
    const obstacle = obstacleTo(state, ask, now);
    if (obstacle !== undefined) return unchanged(current, state, obstacle);
    const { own, shared, ownPaid, maxWaitMs } = ask;
    if (!ownPaid && own.length > 0) {
      const queued = draw(state, own, now);
      // Only who may go on at once takes the shared slot now: waiting with it would hold up everybody else.
      if (queued.waitMs > 0) {
        if (queued.waitMs > maxWaitMs) return unchanged(current, state, refused(queued.waitMs, "rate"));
        return stepTo(queued.state, { kind: "queued", waitMs: queued.waitMs, slots: queued.slots });
      }
    }
    const draws = shared === undefined ? [] : [shared];
    const granted = draw(state, ownPaid ? draws : [...own, ...draws], now);
    const { waitMs, slots } = granted;
    if (waitMs > maxWaitMs) return unchanged(current, state, refused(waitMs, "rate"));
    const result: Answer = { kind: "granted", waitMs, slots };
    return granted.state === state ? unchanged(current, state, result) : stepTo(granted.state, result);
  };

function obstacleTo(state: AdmissionState, { scopes, isRead, maxWaitMs }: Ask, now: number): Answer | undefined {
  if (state.movedTo !== undefined) return { kind: "moved", to: state.movedTo };
  const circuit = blocking(state.circuits, isRead, now);
  if (circuit !== undefined) {
    const { until, ...why } = circuit;
    const waitMs = until === FOREVER ? FOREVER : until - now;
    return { kind: "open", waitMs, ...why };
  }
  const hold = coveringHold(state.holds, scopes, now);
  if (hold === undefined) return undefined;
  const waitMs = hold.until - now;
  return waitMs > maxWaitMs ? refused(waitMs, "flood") : { kind: "held", waitMs, name: hold.name };
}

const refused = (waitMs: number, reason: "rate" | "flood"): Answer => ({ kind: "refused", waitMs, reason });

interface Drawn {
  readonly state: AdmissionState;
  readonly waitMs: number;
  readonly slots: Slots;
}

function draw(state: AdmissionState, draws: readonly Draw[], now: number): Drawn {
  if (draws.length === 0) return { state, waitMs: 0, slots: {} };
  const buckets: Record<string, number> = { ...state.buckets };
  const slots: Record<string, Slot> = {};
  let at = now;
  for (const { bucket, rate, units } of draws) {
    const slot = takeSlot(buckets[bucket] ?? 0, rate, now, units);
    buckets[bucket] = slot.to;
    slots[bucket] = slot;
    at = Math.max(at, slot.at);
  }
  // Timers cut fractions off, and nobody may come too early.
  return { state: { ...state, at: now, buckets }, waitMs: Math.ceil(at - now), slots };
}

/** Whoever has waited for a slot looks once more before sending; the slot is paid already. */
export const lookAgain = (ask: Ask): Transition<AdmissionState, Answer> => {
  const paid = { ...ask, own: [], shared: undefined };
  return askAdmission(paid);
};

export const giveBack =
  (slots: Slots): Transition<AdmissionState, undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    const buckets: Record<string, number> = { ...state.buckets };
    let changed = false;
    for (const [bucket, slot] of Object.entries(slots)) {
      const before = buckets[bucket] ?? 0;
      buckets[bucket] = returnSlot(before, slot);
      changed ||= buckets[bucket] !== before;
    }
    return changed ? stepTo({ ...state, at: now, buckets }, undefined) : unchanged(current, state, undefined);
  };

/** Nobody uses that scope until then. */
export const holdScope =
  (scope: string, waitMs: number, name: string): Transition<AdmissionState, undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    const holds = addHold(state.holds, scope, { until: now + waitMs, name }, now);
    return stepTo({ ...state, at: now, holds }, undefined);
  };

/** A flood wait, as Telegram asked for it. */
export interface Flood {
  readonly scope: string;
  readonly waitMs: number;
  readonly name: string;
  readonly isRead: boolean;
}

/** Telegram asked to wait: nobody uses that scope until then. Tells whether the circuit opened by that, and for how long. */
export const learnFlood =
  ({ scope, waitMs, name, isRead }: Flood, rule: CircuitRule): Transition<AdmissionState, Verdict | undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    const holds = addHold(state.holds, scope, { until: now + waitMs, name }, now);
    const floods = [...state.floods.filter((time) => time > now - rule.series.withinMs), now].slice(
      -Math.max(1, rule.series.count),
    );
    const verdict = judgeFlood({ waitMs, isRead, times: floods }, rule);
    const circuits =
      verdict === undefined
        ? state.circuits
        : open(state.circuits, "all", { until: now + verdict.forMs, reason: verdict.reason, name });
    return stepTo({ ...state, at: now, holds, floods, circuits }, verdict);
  };

/** Something other than a flood opens a circuit. */
export const openCircuit =
  (which: keyof Circuits, why: Omit<OpenCircuit, "until">, forMs: number): Transition<AdmissionState, undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    const until = forMs === FOREVER ? FOREVER : now + forMs;
    return stepTo({ ...state, at: now, circuits: open(state.circuits, which, { ...why, until }) }, undefined);
  };

/** A person ends the stop, or else closes what Telegram's answers opened. Holds stay: they are Telegram's. */
export const closeCircuits = (): Transition<AdmissionState, undefined> => (current, now) => {
  if (current === undefined) return { next: undefined, result: undefined };
  const state = rebased(current, now);
  const circuits = close(state.circuits);
  const floods = state.circuits.stopped === undefined ? [] : state.floods;
  return stepTo({ ...state, at: now, circuits, floods }, undefined);
};
