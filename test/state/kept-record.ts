import type { Transition } from "../../src/stores/store.js";

export const START = 1_700_000_000_000;

/** One record and a clock, as a store keeps them: through JSON, and gone once it has expired. */
export class KeptRecord<S> {
  now = START;
  writes = 0;
  #kept: { readonly json: string; readonly expiresAt: number } | undefined;

  get state(): S | undefined {
    if (this.#kept === undefined || this.#kept.expiresAt <= this.now) return undefined;
    return JSON.parse(this.#kept.json) as S;
  }

  run<R>(transition: Transition<S, R>): R {
    const current = this.state;
    const { next, result, expiresAt = Infinity } = transition(current, this.now);
    if (next !== current) {
      this.writes++;
      this.#kept = next === undefined ? undefined : { json: JSON.stringify(next), expiresAt };
    }
    return result;
  }
}
