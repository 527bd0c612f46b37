import { Mutex } from "async-mutex";
import type { Call } from "../call.js";
import { workInTurn } from "../turn.js";

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
export const inTurn = <T>(turn: Mutex | undefined, { signal }: Call, work: () => Promise<T>): Promise<T> =>
  turn === undefined ? work() : workInTurn(turn, signal, work);
