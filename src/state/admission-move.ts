import type { Transition } from "../stores/store.js";
import { emptyAdmission, rebased, stepTo, type AdmissionState } from "./admission-record.js";
import { open } from "./circuit.js";
import { addHold } from "./flood.js";
import type { Rate } from "./token-bucket.js";

/**
 * Until a session's account is known its requests are counted under the session. When it becomes known, that record
 * turns into a signpost, once, and what it held is added to the account's: so no request is ever outside the budget.
 */
export const leaveFor =
  (to: string): Transition<AdmissionState, AdmissionState | undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    if (state.movedTo !== undefined) return { next: current, result: undefined };
    return stepTo({ ...emptyAdmission(now), movedTo: to }, state);
  };

/** Adds what another record held. `rates` are needed for the slots that were used there: they count here as well. */
export const absorb =
  (left: AdmissionState, rates: Readonly<Record<string, Rate>>): Transition<AdmissionState, undefined> =>
  (current, now) => {
    const state = rebased(current, now);
    const buckets: Record<string, number> = { ...state.buckets };
    for (const [name, next] of Object.entries(left.buckets)) {
      const rate = rates[name];
      const floor = rate === undefined ? now : now - ((rate.burst - 1) * 1000) / rate.perSecond;
      buckets[name] = Math.max(buckets[name] ?? 0, floor) + Math.max(0, next - floor);
    }
    let { holds, circuits } = state;
    for (const [scope, hold] of Object.entries(left.holds)) holds = addHold(holds, scope, hold, now);
    for (const which of ["all", "writes", "stopped"] as const) {
      const opened = left.circuits[which];
      if (opened !== undefined) circuits = open(circuits, which, opened);
    }
    const floods = [...state.floods, ...left.floods].sort((a, b) => a - b);
    return stepTo({ ...state, at: now, buckets, holds, circuits, floods }, undefined);
  };
