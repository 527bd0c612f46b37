import { Mutex } from "async-mutex";
import type { Call } from "../call.js";
import { abortReason } from "../clock.js";

/** One turn for each name. */
export class Turns {
  readonly #byName = new Map<string, Mutex>();

  of(name: string): Mutex {
    const turn = this.#byName.get(name) ?? new Mutex();
    this.#byName.set(name, turn);
    return turn;
  }
}

/** Does the work when it is the call's turn; at once where there are no turns. */
export function inTurn<T>(turn: Mutex | undefined, call: Call, work: () => Promise<T>): Promise<T> {
  return turn === undefined ? work() : workInTurn(turn, call, work);
}

async function workInTurn<T>(turn: Mutex, { signal }: Call, work: () => Promise<T>): Promise<T> {
  const endTurn = await takeTurn(turn, signal);
  try {
    return await work();
  } finally {
    endTurn();
  }
}

/** Waits for the turn and gives how to end it. Rejects as soon as the signal aborts, and then lets the others go on. */
function takeTurn(mutex: Mutex, signal: AbortSignal): Promise<() => void> {
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
