import type { Step, Transition } from "../stores/store.js";
import { FOREVER, shiftCircuits, type Circuits } from "./circuit.js";
import { shiftHolds, type Holds } from "./flood.js";

/** Everything that admits or holds back the requests of one account, in one record. */
export interface AdmissionState {
  readonly v: 1;
  /** The store's clock when this was written. */
  readonly at: number;
  /** The `next` of each token bucket, by name. */
  readonly buckets: Readonly<Record<string, number>>;
  readonly holds: Holds;
  readonly circuits: Circuits;
  /** When the latest floods were. */
  readonly floods: readonly number[];
  /** The account became known, and its record is kept under this key from now on. */
  readonly movedTo?: string;
}

export const emptyAdmission = (now: number): AdmissionState => ({
  v: 1,
  at: now,
  buckets: {},
  holds: {},
  circuits: {},
  floods: [],
});

/** A stored time comes with the time of writing: a clock set back moves both, so nobody waits for ever. */
export function rebased(state: AdmissionState | undefined, now: number): AdmissionState {
  if (state === undefined) return emptyAdmission(now);
  const back = state.at - now;
  if (back <= 0) return state;
  return {
    ...state,
    at: now,
    buckets: Object.fromEntries(Object.entries(state.buckets).map(([name, next]) => [name, next - back])),
    holds: shiftHolds(state.holds, -back),
    circuits: shiftCircuits(state.circuits, -back),
    floods: state.floods.map((time) => time - back),
  };
}

/** A step to this state, kept for as long as it says something that an empty one would not. */
export const stepTo = <R>(next: AdmissionState, result: R): Step<AdmissionState, R> => ({
  next,
  result,
  expiresAt: forgettableAt(next),
});

/** Answers without a change; after a clock was set back the rebased times are kept, else each look would rebase anew. */
export const unchanged = <R>(
  current: AdmissionState | undefined,
  state: AdmissionState,
  result: R,
): Step<AdmissionState, R> => (current === undefined ? { next: undefined, result } : stepTo(state, result));

/** Reads without writing. */
export const look =
  <R>(read: (state: AdmissionState, now: number) => R): Transition<AdmissionState, R> =>
  (current, now) => {
    const state = rebased(current, now);
    return unchanged(current, state, read(state, now));
  };

/** A day of slack covers any burst that options allow. */
const SLACK_MS = 86_400_000;

function forgettableAt({ at, buckets, holds, circuits, movedTo }: AdmissionState): number {
  let last = at;
  for (const name in buckets) last = Math.max(last, buckets[name] ?? 0);
  for (const scope in holds) last = Math.max(last, holds[scope]?.until ?? 0);
  for (const circuit of [circuits.all, circuits.writes, circuits.stopped]) last = Math.max(last, circuit?.until ?? 0);
  return movedTo !== undefined || last >= FOREVER ? Infinity : last + SLACK_MS;
}
