import { sleep, type Clock } from "../clock.js";
import type { InvokeOptions } from "../telegram/telegram.js";

/** What one call looks up for all that need it meanwhile. */
export interface Lookup {
  readonly done: Promise<void>;
  /** At the pace of a bulk call, which may wait for hours. */
  readonly isBulk: boolean;
}

/** Whether a call can leave it to the one that began. */
export const mayWaitFor = ({ isBulk }: Lookup, { lane, deadline = Infinity }: InvokeOptions, clock: Clock): boolean =>
  (lane === "bulk" || !isBulk) && clock.now() < deadline;

/**
 * Resolves once it is over, well or not, and at the call's own deadline; rejects when the call's own signal aborts. What ended
 * the other call need not end this one.
 */
export async function waitFor({ done }: Lookup, { signal, deadline = Infinity }: InvokeOptions, clock: Clock) {
  const over = new AbortController();
  const either = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
  const patience = sleep(clock, deadline - clock.now(), either);
  try {
    await Promise.race([done.catch(() => undefined), patience]);
  } finally {
    over.abort();
  }
}
