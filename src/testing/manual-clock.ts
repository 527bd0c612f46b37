import { setImmediate } from "node:timers/promises";
import type { Clock } from "../clock.js";

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Lets time pass: fires what becomes due, in order of time, also what is armed on the way. */
  advance(ms: number): Promise<void>;
  /** Jumps, forwards or backwards, as a wall clock that somebody sets: timers do not notice. */
  set(ms: number): void;
  /** How many timers are armed. */
  readonly pending: number;
}

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Chains of promises that hop over the event loop (as the SQLite store does) need more than one turn of it. */
const TURNS = 5;

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate();
}

/**
 * Makes a manual clock.
 *
 * @example
 * ```ts
 * import { manualClock } from "tg-guarded/testing";
 *
 * const clock = manualClock();
 * clock.after(1000, () => console.log("a second later"));
 * await clock.advance(1000);
 * ```
 */
export function manualClock(startMs = 1_700_000_000_000): ManualClock {
  // What has passed and what the clock shows are two things: only the second one can be set.
  let passedMs = 0;
  let offsetMs = startMs;
  const timers = new Set<Timer>();

  const nextDue = (byMs: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueMs <= byMs && (first === undefined || timer.dueMs < first.dueMs)) first = timer;
    }
    return first;
  };

  return {
    now: () => offsetMs + passedMs,
    after(ms, callback) {
      const timer = { dueMs: passedMs + Math.max(0, ms), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async advance(ms) {
      const end = passedMs + ms;
      await settle();
      for (let timer = nextDue(end); timer !== undefined; timer = nextDue(end)) {
        passedMs = Math.max(passedMs, timer.dueMs);
        timers.delete(timer);
        timer.callback();
        await settle();
      }
      passedMs = end;
    },
    set(ms) {
      offsetMs = ms - passedMs;
    },
    get pending() {
      return timers.size;
    },
  };
}
