import type { Transition } from "../stores/store.js";

/** How many wrong codes and phrases an account may hear before it listens to none for a while. */
export interface LockoutRule {
  readonly attempts: number;
  readonly lockMs: number;
}

export interface LockoutState {
  readonly v: 1;
  /** The store's clock when this was written. */
  readonly at: number;
  readonly wrong: number;
  /** Wrong ones are forgotten, and a lock ends, at this time. */
  readonly until: number;
}

export type Judged = "right" | "wrong";
/** `lockedMs` is how long the lock goes on, 0 when there is none. */
export interface Verdict {
  readonly lockedMs: number;
}

/**
 * Takes note of a code or phrase, and tells whether its judgement may be told. While the lock holds a right one counts
 * no more than a wrong one, so that guessing on teaches nothing.
 */
export const noteAttempt =
  (judged: Judged, { attempts, lockMs }: LockoutRule): Transition<LockoutState, Verdict> =>
  (current, now) => {
    const state = live(current, now);
    const lockedMs = state === undefined || state.wrong < attempts ? 0 : state.until - now;
    if (lockedMs > 0 || judged === "right") return unchanged(current, state, { lockedMs });
    const next = { v: 1, at: now, wrong: (state?.wrong ?? 0) + 1, until: now + lockMs } as const;
    return { next, result: { lockedMs: next.wrong < attempts ? 0 : lockMs }, expiresAt: next.until };
  };

/** Answers without a change; times that moved with the clock are kept, else each look would move them anew. */
function unchanged<R>(current: LockoutState | undefined, state: LockoutState | undefined, result: R) {
  const moved = state !== undefined && state.at !== current?.at;
  return moved ? { next: state, result, expiresAt: state.until } : { next: current, result };
}

/** A clock set back moves the end of the lock with it. */
function live(state: LockoutState | undefined, now: number): LockoutState | undefined {
  if (state === undefined) return undefined;
  const back = Math.max(0, state.at - now);
  const until = state.until - back;
  return until > now ? { ...state, at: state.at - back, until } : undefined;
}
