import type { Mutex } from "async-mutex";
import { abortReason } from "../clock.js";

/** Waits for the turn and gives how to end it. Rejects as soon as the signal aborts, and then lets the others go on. */
export function takeTurn(mutex: Mutex, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      reject(abortReason(signal));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    mutex.acquire().then((release) => {
      signal.removeEventListener("abort", onAbort);
      if (signal.aborted) release();
      else resolve(release);
    }, reject);
  });
}
