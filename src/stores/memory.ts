import { systemClock, type Clock } from "../clock.js";
import { GuardError } from "../errors.js";
import type { StateStore, Transition } from "./store.js";

interface Entry {
  readonly state: unknown;
  readonly expiresAt: number;
}

/** The clock of a memory store, and how much it holds. */
export interface MemoryStoreOptions {
  /** For tests. @defaultValue the clock of this machine */
  readonly clock?: Clock;
  /** How many records it holds at the most. @defaultValue 100_000 */
  readonly limit?: number;
}

/**
 * Keeps state in this process alone: for tests, and for programs that need no second process and no memory of yesterday.
 *
 * @example
 * ```ts
 * import { memoryStore } from "tg-guarded";
 *
 * const store = memoryStore();
 * await store.update<number, number>("visits", (count = 0) => ({ next: count + 1, result: count + 1 }));
 * ```
 */
export function memoryStore({ clock = systemClock, limit = 100_000 }: MemoryStoreOptions = {}): StateStore {
  const records = new Map<string, Entry>();
  let open = true;

  const live = (key: string, now: number): Entry | undefined => {
    const entry = records.get(key);
    if (entry === undefined || entry.expiresAt > now) return entry;
    records.delete(key);
    return undefined;
  };

  const makeRoom = (now: number): void => {
    for (const key of records.keys()) live(key, now);
    if (records.size < limit) return;
    throw new GuardError("store_unavailable", `The memory store is full: ${limit} records.`, {
      details: { store: "memory" },
      nextStep: "Raise its limit, or use the SQLite store.",
    });
  };

  const run = <S, R>(key: string, transition: Transition<S, R>): R => {
    assertOpen(open);
    const now = clock.now();
    const current = live(key, now)?.state as S | undefined;
    const { next, result, expiresAt = Infinity } = transition(current, now);
    if (next === current) return result;
    if (next === undefined) records.delete(key);
    else {
      if (!records.has(key) && records.size >= limit) makeRoom(now);
      records.set(key, { state: next, expiresAt });
    }
    return result;
  };

  return {
    volatile: true,
    update: <S, R>(key: string, transition: Transition<S, R>) =>
      new Promise<R>((resolve) => {
        resolve(run(key, transition));
      }),
    async *entries<S>(prefix: string) {
      assertOpen(open);
      for (const key of [...records.keys()]) {
        const entry = key.startsWith(prefix) ? live(key, clock.now()) : undefined;
        if (entry !== undefined) yield [key, entry.state as S] as const;
      }
      await Promise.resolve();
    },
    close: () => {
      open = false;
      records.clear();
      return Promise.resolve();
    },
  };
}

function assertOpen(open: boolean): void {
  if (open) return;
  throw new GuardError("store_unavailable", "The store is closed.", {
    details: { store: "memory" },
    nextStep: "Open a new store; a closed one answers nothing.",
  });
}
