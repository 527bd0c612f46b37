import type { Transition } from "./store.js";
import { decode, parseState, type Stored } from "./redis-record.js";

/** One update that waits. It may be run several times, and is told once. */
export interface Pending {
  readonly durable: boolean;
  /** Runs the transition; the outcome is told only when the swap stands. */
  readonly run: (current: unknown, now: number) => Ran;
  readonly reject: (error: unknown) => void;
}

interface Ran {
  readonly next: unknown;
  readonly expiresAt: number;
  readonly tell: () => void;
}

export function pendingUpdate<S, R>(
  transition: Transition<S, R>,
  durable: boolean,
  resolve: (result: R) => void,
  reject: (error: unknown) => void,
): Pending {
  return {
    durable,
    reject,
    run(current, now) {
      const { next, result, expiresAt = Infinity } = transition(current as S | undefined, now);
      const tell = (): void => {
        resolve(result);
      };
      return { next, expiresAt, tell };
    },
  };
}

export interface Folded {
  /** False when nobody changed anything. */
  readonly changed: boolean;
  /** What is to be stored; `undefined` deletes. */
  readonly record: Stored | undefined;
  readonly tell: readonly (() => void)[];
}

/** All transitions that wait, in order, as if each had been stored before the next; one that throws fails alone. */
export function fold(key: string, raw: string | undefined, now: number, waiting: readonly Pending[]): Folded {
  let record = raw === undefined ? undefined : decode(key, raw);
  let state = record && parseState(key, record.json);
  let changed = false;
  const tell: (() => void)[] = [];
  for (const { run, reject } of waiting) {
    if (record !== undefined && record.expiresAt <= now) record = state = undefined;
    try {
      const ran = run(state, now);
      if (ran.next !== state) {
        record = ran.next === undefined ? undefined : { json: JSON.stringify(ran.next), expiresAt: ran.expiresAt };
        state = ran.next;
        changed = true;
      }
      tell.push(ran.tell);
    } catch (error) {
      tell.push(() => {
        reject(error);
      });
    }
  }
  return { changed, record, tell };
}
