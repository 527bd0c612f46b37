/** What a transition answers: the state from now on, and what the caller wanted to know. */
export interface Step<S, R> {
  /** `undefined` deletes; the very object that came in writes nothing. */
  readonly next: S | undefined;
  /** What `update` resolves to. */
  readonly result: R;
  /** On the store's clock, in milliseconds: from then on the record may be forgotten. */
  readonly expiresAt?: number;
}

/** Synchronous and pure: it may run more than once. `now` is the store's clock; the state must survive JSON. */
export type Transition<S, R> = (current: S | undefined, now: number) => Step<S, R>;

/** How safe an update must be. */
export interface UpdateOptions {
  /** The write must survive a power cut before the promise resolves. */
  readonly durable?: boolean;
}

/**
 * State shared by all processes that use the same store. One atomic primitive carries everything.
 *
 * @example
 * ```ts
 * import { memoryStore, type Transition } from "tg-guarded";
 *
 * const count: Transition<number, number> = (visits = 0) => ({ next: visits + 1, result: visits + 1 });
 * console.log(await memoryStore().update("visits", count)); // 1
 * ```
 */
export interface StateStore {
  /** True where the records end with the process, so that a new one begins with none and nothing is wrong. */
  readonly volatile?: boolean;
  /** Runs the transition on one key, atomically among all users of the store. */
  update<S, R>(key: string, transition: Transition<S, R>, options?: UpdateOptions): Promise<R>;
  /** All live records whose key begins with the prefix. */
  entries<S>(prefix: string): AsyncIterable<readonly [key: string, state: S]>;
  /** From then on every call fails with `store_unavailable`. */
  close(): Promise<void>;
}
