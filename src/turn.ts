import type { Mutex } from "async-mutex";
import { abortReason } from "./clock.js";

/** Does the work when its turn has come. Whoever is not wanted any more leaves the queue at once, and the others go on. */
export async function workInTurn<T>(turn: Mutex, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const endTurn = await takeTurn(turn, signal);
  try {
    return await work();
  } finally {
    endTurn();
  }
}

function takeTurn(turn: Mutex, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      reject(abortReason(signal));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    turn.acquire().then((release) => {
      signal.removeEventListener("abort", onAbort);
      if (signal.aborted) release();
      else resolve(release);
    }, reject);
  });
}
