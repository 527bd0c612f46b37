import { setTimeout as delay } from "node:timers/promises";
import { systemClock, type Clock } from "../clock.js";
import { GuardError } from "../errors.js";
import {
  GenerationMismatch,
  isBusy,
  isDriverError,
  openSqliteFile,
  type SqliteConnection,
  type SqliteFile,
} from "./sqlite-file.js";
import type { StateStore, Step, Transition, UpdateOptions } from "./store.js";

/** Which file, and how long to wait for it. */
export interface SqliteStoreOptions {
  /** The file. Its folder is made, 0700, when it is missing. */
  readonly path: string;
  /** For tests. @defaultValue the clock of this machine */
  readonly clock?: Clock;
  /** How long an update waits for other processes before it fails, in milliseconds. @defaultValue 5000 */
  readonly busyTimeoutMs?: number;
}

interface Pending {
  readonly key: string;
  readonly run: (connection: SqliteConnection, now: number) => () => void;
  readonly reject: (error: unknown) => void;
}

/** Updates that wait at the same moment share one transaction; more than this would hold the lock too long. */
const BATCH = 64;
/** Random, so that two that wait do not wait in step. */
const pauseMs = (): number => 1 + Math.random() * 4;
const STORE = { store: "sqlite" } as const;

/**
 * Keeps state in one file that several processes of this host share. `durable` updates survive a power cut.
 *
 * Errors: `store_unavailable` when the file cannot be opened, `state_lost` when it is not the file
 * that was here before.
 *
 * @example
 * ```ts
 * import { sqliteStore } from "tg-guarded/sqlite";
 *
 * const store = sqliteStore({ path: "state/tg.sqlite" });
 * const count = await store.update<number, number>("visits", (visits = 0) => ({ next: visits + 1, result: visits + 1 }));
 * await store.close();
 * ```
 */
export function sqliteStore({ path, clock = systemClock, busyTimeoutMs = 5000 }: SqliteStoreOptions): StateStore {
  const file = open(path, clock);
  const lanes = { fast: lane(file.fast), durable: lane(file.durable) };
  let closed = false;

  function assertUsable(): void {
    if (closed) throw unavailable(new Error("The store is closed."));
    if (!file.isStillThere()) throw lost(path);
  }

  /** A reader is held up only while another process recovers or closes the file. */
  async function list(prefix: string): Promise<ReturnType<SqliteConnection["list"]>> {
    const since = performance.now();
    for (;;) {
      try {
        assertUsable();
        return file.fast.list(prefix);
      } catch (error) {
        if (!isBusy(error) || performance.now() - since >= busyTimeoutMs) throw asGuardError(error);
        await delay(pauseMs());
      }
    }
  }

  function lane(connection: SqliteConnection): (pending: Pending) => void {
    let queue: Pending[] = [];
    let scheduled = false;

    const flush = (busySince: number | undefined): void => {
      const batch = queue.slice(0, BATCH);
      try {
        assertUsable();
        connection.begin();
      } catch (error) {
        const since = busySince ?? performance.now();
        if (isBusy(error) && performance.now() - since < busyTimeoutMs) {
          setTimeout(flush, pauseMs(), since);
          return;
        }
        settleAll(error);
        return;
      }
      runBatch(connection, batch, clock.now());
      queue = queue.slice(batch.length);
      next();
    };

    const settleAll = (error: unknown): void => {
      const failed = queue;
      queue = [];
      scheduled = false;
      for (const { reject } of failed) reject(asGuardError(error));
    };

    const next = (): void => {
      scheduled = queue.length > 0;
      if (scheduled) setImmediate(flush, undefined);
    };

    return (pending) => {
      queue.push(pending);
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        flush(undefined);
      });
    };
  }

  return {
    update: <S, R>(key: string, transition: Transition<S, R>, { durable = false }: UpdateOptions = {}) =>
      new Promise<R>((resolve, reject) => {
        const run = (connection: SqliteConnection, now: number): (() => void) => {
          const result = apply(connection, key, transition, now);
          return () => {
            resolve(result);
          };
        };
        lanes[durable ? "durable" : "fast"]({ key, run, reject });
      }),
    async *entries<S>(prefix: string) {
      const now = clock.now();
      for (const { key, state, expires_at } of await list(prefix)) {
        if (expires_at === null || expires_at > now) yield [key, parse<S>(key, state)] as const;
      }
    },
    close: () => {
      if (!closed) file.close();
      closed = true;
      return Promise.resolve();
    },
  };
}

/** All transitions of a batch, one commit; one that throws fails alone. Nobody is told before the commit stands. */
function runBatch(connection: SqliteConnection, batch: readonly Pending[], now: number): void {
  const settle: (() => void)[] = [];
  try {
    for (const { run, reject } of batch) {
      try {
        settle.push(run(connection, now));
      } catch (error) {
        if (isDriverError(error)) throw error;
        settle.push(() => {
          reject(error);
        });
      }
    }
    connection.commit();
  } catch (error) {
    connection.rollback();
    for (const { reject } of batch) reject(asGuardError(error));
    return;
  }
  for (const tell of settle) tell();
}

function apply<S, R>(connection: SqliteConnection, key: string, transition: Transition<S, R>, now: number): R {
  const row = connection.read(key);
  const alive = row !== undefined && (row.expires_at === null || row.expires_at > now);
  const current = alive ? parse<S>(key, row.state) : undefined;
  const { next, result, expiresAt }: Step<S, R> = transition(current, now);
  if (next === current) return result;
  if (next === undefined) connection.remove(key);
  else connection.write(key, JSON.stringify(next), expiresAt !== undefined && expiresAt < Infinity ? expiresAt : null);
  return result;
}

function parse<S>(key: string, state: string): S {
  try {
    return JSON.parse(state) as S;
  } catch (cause) {
    throw new GuardError("state_lost", `The record ${key} in the state file is damaged.`, {
      details: STORE,
      nextStep: "Restore the file from a copy. Nothing is sent as long as it cannot be read.",
      cause,
    });
  }
}

function open(path: string, clock: Clock): SqliteFile {
  try {
    return openSqliteFile(path, clock.now());
  } catch (error) {
    throw error instanceof GenerationMismatch ? lost(path) : asGuardError(error);
  }
}

const asGuardError = (error: unknown): unknown => (error instanceof GuardError ? error : unavailable(error));

const unavailable = (cause: unknown): GuardError<"store_unavailable"> =>
  new GuardError("store_unavailable", "The state store does not answer; nothing was sent.", {
    details: STORE,
    nextStep: "Check that the state file exists, is writable and has room on its disk; then try again.",
    cause,
  });

const lost = (path: string): GuardError<"state_lost"> =>
  new GuardError("state_lost", `The state file ${path} has vanished or is not the one used before.`, {
    details: STORE,
    nextStep:
      "Bring the file back. To start afresh on purpose, and with all counters at zero, delete its .generation file too.",
  });
