import { rejects } from "node:assert/strict";
import type { Clock } from "../../clock.js";
import { isGuardError } from "../../errors.js";
import type { StateStore, Transition } from "../../stores/store.js";

/** A store that is to prove itself. */
export interface StoreUnderTest {
  readonly name: string;
  /** Whether two handles on the same place share their state. */
  readonly shared: boolean;
  /** Opens a handle. Each place is a state of its own, empty at first; the store takes its time from this clock. */
  open(options: { readonly place: string; readonly clock: Clock }): StateStore | Promise<StateStore>;
}

/** One property that every store must have. `run` rejects with an AssertionError where it has not. */
export interface StoreCheck {
  readonly name: string;
  /** Looks whether the store has it. */
  readonly run: () => Promise<void>;
}

export const put =
  <S>(state: S, expiresAt?: number): Transition<S, undefined> =>
  () => ({ next: state, result: undefined, ...(expiresAt === undefined ? {} : { expiresAt }) });

export const look: Transition<unknown, unknown> = (current) => ({ next: current, result: current });

export const add =
  (amount: number): Transition<number, number> =>
  (sum = 0) => ({ next: sum + amount, result: sum + amount });

export async function keysOf(store: StateStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const [key] of store.entries(prefix)) keys.push(key);
  return keys.sort();
}

/** A closed store or a full disk must never look like an empty state. */
export const refusesAsUnavailable = (answer: Promise<unknown>): Promise<void> =>
  rejects(answer, (error) => isGuardError(error, "store_unavailable"));
