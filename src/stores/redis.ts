import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.js";
import { batchRunner } from "./redis-batch.js";
import { connect, type ConnectionOptions, type RedisConnection } from "./redis-connection.js";
import { canWaitForDisk, diskWaiter, refuseVolatile, type DiskWaiter } from "./redis-durability.js";
import { readEntries } from "./redis-entries.js";
import { asGuardError, closedStore, lost } from "./redis-errors.js";
import { pendingUpdate } from "./redis-fold.js";
import { agreeOnGeneration } from "./redis-generation.js";
import { swap } from "./redis-swap.js";
import { ownTime, redisTime } from "./redis-time.js";
import type { StateStore, Transition, UpdateOptions } from "./store.js";
import { updateQueues } from "./redis-updates.js";

/** Which Redis, and what is known of it. */
export interface RedisStoreOptions {
  /** `redis://user:password@host:port/database`, or `rediss://` over TLS. One server: cluster mode is not supported. */
  readonly url: string;
  /** Stands before every key. @defaultValue "tg-guarded:" */
  readonly keyPrefix?: string;
  /** A file that remembers which state this host has seen, so that an emptied Redis is noticed at the next start. */
  readonly markerPath?: string;
  /** For connecting and for each command, in milliseconds. @defaultValue 2000 */
  readonly commandTimeoutMs?: number;
  /** How long an update waits for other processes before it fails, in milliseconds. @defaultValue 5000 */
  readonly busyTimeoutMs?: number;
  /** Takes a Redis that forgets, for tests. @defaultValue false */
  readonly allowVolatile?: boolean;
  /** For a managed Redis that does not tell its settings, when you know that it keeps its data. @defaultValue false */
  readonly assumeDurable?: boolean;
  /** For tests, in place of Redis's own clock. Records are then kept until they are deleted. */
  readonly clock?: Clock;
}

/**
 * Keeps state in one Redis server that several hosts share, and takes the time from it. It needs the package `ioredis`
 * and Redis 6.2 or later, with AOF on and without eviction.
 *
 * `durable` updates wait for the disk where Redis can tell (7.2 and later). An older one keeps them as its `appendfsync`
 * says: `always` survives a power cut, `everysec` may lose the last second.
 *
 * @throws GuardError `store_unavailable` when Redis cannot be reached or does not keep its data, `state_lost`
 * when it is not the state that the marker file remembers. Updates fail with the same codes; connections come back by
 * themselves.
 *
 * @example
 * ```ts
 * import { redisStore } from "tg-guarded/redis";
 *
 * const store = await redisStore({ url: "redis://127.0.0.1:6379" });
 * await store.update<number, number>("visits", (count = 0) => ({ next: count + 1, result: count + 1 }), { durable: true });
 * await store.close();
 * ```
 */
export async function redisStore(options: RedisStoreOptions): Promise<StateStore> {
  const { url, commandTimeoutMs: timeoutMs = 2000, allowVolatile = false, assumeDurable = false } = options;
  const checked = !allowVolatile && !assumeDurable;
  const connecting: ConnectionOptions = { url, timeoutMs, ...(checked && { inspect: refuseVolatile }) };
  const { keyPrefix = "tg-guarded:" } = options;
  const opened: { close(): Promise<void> }[] = [];
  try {
    const connection = await connect(connecting);
    opened.push(connection);
    const generation = await agreeOnGeneration(connection, `${keyPrefix}generation`, options.markerPath);
    const waits = checked && (await connection.run(canWaitForDisk));
    const disk = waits ? await diskWaiter(connecting, `${keyPrefix}disk`) : undefined;
    if (disk !== undefined) opened.push(disk);
    return storeOn({ connection, disk, generation, keyPrefix, options });
  } catch (error) {
    for (const one of opened) await one.close();
    throw asGuardError(error);
  }
}

interface Parts {
  readonly connection: RedisConnection;
  readonly disk: DiskWaiter | undefined;
  readonly generation: string;
  readonly keyPrefix: string;
  readonly options: RedisStoreOptions;
}

function storeOn({ connection, disk, generation, keyPrefix, options }: Parts): StateStore {
  const { clock, busyTimeoutMs = 5000 } = options;
  const handle = randomUUID();
  const generationKey = `${keyPrefix}generation`;
  const recordPrefix = `${keyPrefix}record:`;
  const time = clock === undefined ? redisTime() : ownTime(clock);
  let closed = false;

  const runBatch = batchRunner({
    time,
    busyTimeoutMs,
    async attempt(key, request) {
      const keys = [recordPrefix + key, generationKey, `${keyPrefix}turn:${key}`] as const;
      const sentAt = performance.now();
      const reply = await swap(connection, { ...request, keys, generation, handle });
      time.learn(reply.redisUs, performance.now() - sentAt);
      if (reply.kind === "lost") throw lost();
      return reply;
    },
  });

  const enqueue = updateQueues({
    runBatch,
    async durably(write) {
      const onDisk = await disk?.arm();
      const folded = await write();
      if (folded.changed) await onDisk?.();
      return folded;
    },
  });

  return {
    update: <S, R>(key: string, transition: Transition<S, R>, { durable = false }: UpdateOptions = {}) =>
      new Promise<R>((resolve, reject) => {
        if (closed) reject(closedStore());
        else enqueue(key, pendingUpdate(transition, durable, resolve, reject));
      }),
    async *entries<S>(prefix: string) {
      if (closed) throw closedStore();
      const ownNow = clock && (() => clock.now());
      yield* readEntries<S>({ connection, generation, generationKey, recordPrefix, ownNow }, prefix);
    },
    close: async () => {
      closed = true;
      await Promise.all([connection.close(), disk?.close()]);
    },
  };
}
