import type { Redis } from "ioredis";
import { connect, type ConnectionOptions } from "./redis-connection.js";
import { refused, unavailable } from "./redis-errors.js";

/** Settings without which approvals and counters may vanish. */
const NEEDED = [
  ["appendonly", "yes", "a restart would forget the latest writes"],
  ["maxmemory-policy", "noeviction", "records may vanish when memory runs out"],
] as const;

/** Refuses a Redis that does not keep its data. */
export async function refuseVolatile(redis: Redis): Promise<void> {
  for (const [name, wanted, otherwise] of NEEDED) {
    const found = await setting(redis, name);
    if (found === wanted) continue;
    throw refused(
      `Redis has ${name} ${found ?? "(not told)"}: ${otherwise}.`,
      `Set it: redis-cli CONFIG SET ${name} ${wanted}, and the same in redis.conf. For tests alone: allowVolatile: true.`,
    );
  }
}

async function setting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const reply: unknown = await redis.config("GET", name);
    const value: unknown = Array.isArray(reply) ? reply[1] : undefined;
    return typeof value === "string" ? value : undefined;
  } catch (cause) {
    if (!(cause instanceof Error && /^(ERR unknown|NOPERM)/.test(cause.message))) throw cause;
    throw refused(
      "This Redis does not tell whether it keeps its data (CONFIG is not allowed).",
      "When you know that it does (AOF on, noeviction), say so: assumeDurable: true.",
      cause,
    );
  }
}

/** Since 7.2 Redis can be asked to wait for its disk (redis.io/docs/latest/commands/waitaof). */
export async function canWaitForDisk(redis: Redis): Promise<boolean> {
  const reply: unknown = await redis.command("INFO", "waitaof");
  return Array.isArray(reply) && Array.isArray(reply[0]);
}

export interface DiskWaiter {
  /** To be called before a write; the function that it gives waits until all that was written by then is on disk. */
  arm(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * Waits on a connection of its own, because WAITAOF holds up all that comes after it on the same one. It counts the
 * writes of its connection, and all before them: so a small write goes ahead. Those who wait meanwhile share the next.
 */
export async function diskWaiter(options: ConnectionOptions, key: string): Promise<DiskWaiter> {
  const { timeoutMs } = options;
  // Redis itself ends the wait in time; the driver is to hear that.
  const connection = await connect({ ...options, timeoutMs: 2 * timeoutMs });
  let last = Promise.resolve();
  let next: Promise<void> | undefined;

  const wait = (): Promise<void> =>
    connection.run(async (redis) => {
      const replies = await redis.pipeline().set(key, "").call("WAITAOF", "1", "0", String(timeoutMs)).exec();
      const [error, reply] = replies?.[1] ?? [];
      const onDisk: unknown = Array.isArray(reply) ? reply[0] : undefined;
      if (onDisk !== 1) throw unavailable(error ?? new Error(`Not on disk within ${timeoutMs} ms`));
    });

  /** The next wait to begin: one that runs already may have begun before our write. */
  const join = (): Promise<void> =>
    (next ??= last
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        last = wait();
        return last;
      }));

  return {
    async arm() {
      await connection.run(() => Promise.resolve());
      const { epoch } = connection;
      return async () => {
        await join();
        // A server that restarted after the write, and lost it, cannot answer on a connection from before.
        if (epoch !== connection.epoch) throw unavailable(new Error("Redis restarted before the write was on disk"));
      };
    },
    close: () => connection.close(),
  };
}
