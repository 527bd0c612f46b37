import type { Transition } from "../stores/store.js";
import { rebase } from "./action-rebase.js";
import type { ActionState } from "./action-state.js";

/** Writes down that a step is finished, with what the later steps need of it. False when another runner has taken over. */
export const markStep =
  (fence: number, step: string, value: string): Transition<ActionState, boolean> =>
  (current, now) => {
    const state = rebase(current, now);
    if (state?.phase.kind !== "executing" || state.phase.fence !== fence) return { next: current, result: false };
    return { next: { ...state, at: now, marks: { ...state.marks, [step]: value } }, result: true };
  };
