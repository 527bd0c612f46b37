import { Mutex } from "async-mutex";
import { abortReason } from "../clock.js";

/** A person reads and answers one question at a time, whatever else the process would ask. */
const turn = new Mutex();

/** Does the work when nothing else is asked. Whoever is not wanted any more leaves the queue at once. */
export async function inTurn<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const endTurn = await takeTurn(signal);
  try {
    return await work();
  } finally {
    endTurn();
  }
}

function takeTurn(signal = new AbortController().signal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(abortReason(signal));
    };
    if (signal.aborted) {
      leave();
      return;
    }
    signal.addEventListener("abort", leave, { once: true });
    turn.acquire().then((endTurn) => {
      signal.removeEventListener("abort", leave);
      if (signal.aborted) endTurn();
      else resolve(endTurn);
    }, reject);
  });
}
