import type { Clock } from "../clock.js";

/**
 * The clock of Redis, as far as it can be known here: what the last answer said, plus what passed since that answer came.
 * The answer was on its way for a while, so this is behind Redis, never ahead (but for the drift of two quartzes). The
 * swap script compares: a swap made for a time that Redis has not reached, or has left too far behind, is not carried out.
 *
 * So every swap that stands was computed for a time at or before the moment of the swap, and not before the moment of
 * the write it builds upon: it is never before the answer that told of that write. Times in a record rise as if each
 * transition had run inside Redis, and a token bucket gives no slot twice.
 */
export interface StoreTime {
  /** Milliseconds, and not before the time in microseconds at which Redis told of the record. */
  now(toldUs: number): number;
  /** An answer of Redis came, with its time in microseconds, to a question asked so long ago. */
  learn(redisUs: number, roundTripMs: number): void;
  /** How far behind Redis a swap may be; `undefined` when Redis does not compare. */
  readonly toleranceUs: number | undefined;
}

/** Beyond the round trip: the event loop was busy, a packet was late. */
const SLACK_MS = 5;
/** A longer round trip counts as this one: a process that slept must not make its next swap tolerant. */
const LONGEST_ROUND_TRIP_MS = 250;

export function redisTime(): StoreTime {
  let redisUs = 0;
  let learntAt = performance.now();
  let usualMs = 0;
  return {
    now: (toldUs) => Math.floor(Math.max(toldUs / 1000, redisUs / 1000 + performance.now() - learntAt)),
    learn(us, roundTripMs) {
      redisUs = us;
      learntAt = performance.now();
      usualMs += (Math.min(roundTripMs, LONGEST_ROUND_TRIP_MS) - usualMs) / 8;
    },
    get toleranceUs() {
      return Math.ceil((SLACK_MS + 2 * usualMs) * 1000);
    },
  };
}

/** A clock of the caller's own in place of Redis's. */
export const ownTime = (clock: Clock): StoreTime => ({
  now: () => clock.now(),
  learn: () => undefined,
  toleranceUs: undefined,
});
