/** Time as the library sees it. Tests pass a manual one. */
export interface Clock {
  /** Milliseconds; only differences matter to the guards. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** The longest delay that setTimeout takes; beyond it, it fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The clock of this machine.
 *
 * @example
 * ```ts
 * import { systemClock } from "tg-guarded";
 *
 * const cancel = systemClock.after(60_000, () => console.log("a minute later"));
 * cancel();
 * ```
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      const step = Math.min(left, LONGEST_TIMER_MS);
      timer = setTimeout(() => {
        if (left > step) arm(left - step);
        else callback();
      }, step);
    };
    arm(Math.max(0, ms));
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts, and leaves neither timer nor listener. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(abortReason(signal));
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** What an aborted signal carries, as an Error: a reason may be any value. */
export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException(String(reason), "AbortError");
}
