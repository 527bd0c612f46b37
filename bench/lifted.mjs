import { built } from "./build.mjs";

const { admission, compose, createCall, defaultChain, Events, Metrics, systemClock } = await built("internals");

/** Limits so high that nothing ever waits: the work is done, only the pauses are not made. */
export const LIFTED = { perSecond: 1_000_000, burst: 1_000_000 };

const request = { className: "help.GetNearestDc", getBytes: () => new Uint8Array() };
const call = () =>
  createCall({ account: "bench", method: "help.getNearestDc", request, deadline: Date.now() + 60_000 });

function surroundings(store) {
  const events = new Events();
  return { store, clock: systemClock, events, metrics: new Metrics(events), classify: () => "read", ...LIFTED };
}

/** The whole default chain around a function. */
export function guardedBy(store, answer) {
  const guarded = compose(defaultChain(surroundings(store)), answer);
  return () => guarded(call());
}

/** The admission guard alone: one transition of the account's record in the store. */
export function admissionBy(store) {
  const admitted = compose([admission(surroundings(store))], async () => undefined);
  return () => admitted(call());
}
