import type { Redis } from "ioredis";
import { loadRedis } from "./redis-driver.js";
import { asGuardError, closedStore, unavailable } from "./redis-errors.js";

export interface RedisConnection {
  /** Runs commands, on a new connection when the last one is gone, or fails within the timeout: nothing is queued. */
  run<T>(commands: (redis: Redis) => Promise<T>): Promise<T>;
  /** Rises with every connection that is made. */
  readonly epoch: number;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  /** For connecting, and for each command. */
  readonly timeoutMs: number;
  /** Looks at a server before anything else is asked of it: after a reconnect it may be another one. */
  readonly inspect?: (redis: Redis) => Promise<void>;
}

/** A server that hangs does not say goodbye: it is left after so long. */
const GOODBYE_MS = 100;

export async function connect({ url, timeoutMs, inspect }: ConnectionOptions): Promise<RedisConnection> {
  const Driver = await loadRedis();
  const redis = new Driver(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    disconnectTimeout: GOODBYE_MS,
    enableOfflineQueue: false,
    // A swap that is sent again would fail against its own write, and be computed anew on top of it.
    autoResendUnfulfilledCommands: false,
    // Connections are made when they are needed: the driver's own attempts outlive a close between two of them.
    retryStrategy: () => null,
  });
  return new OnDemandConnection(redis, timeoutMs, inspect);
}

class OnDemandConnection implements RedisConnection {
  readonly #redis: Redis;
  readonly #timeoutMs: number;
  readonly #inspect: ConnectionOptions["inspect"];
  #epoch = 0;
  #usable = false;
  #closed = false;
  #opening: Promise<void> | undefined;
  #lastError: unknown;

  constructor(redis: Redis, timeoutMs: number, inspect: ConnectionOptions["inspect"]) {
    this.#redis = redis;
    this.#timeoutMs = timeoutMs;
    this.#inspect = inspect;
    // The driver tells here why a connection broke; without a listener it would write that to the console.
    redis.on("error", (error: unknown) => {
      this.#lastError = error;
    });
    redis.on("close", () => {
      this.#usable = false;
    });
  }

  get epoch(): number {
    return this.#epoch;
  }

  async run<T>(commands: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      if (this.#closed) throw closedStore();
      if (!this.#usable) await (this.#opening ??= this.#open());
      return await commands(this.#redis);
    } catch (error) {
      if (this.#closed) throw closedStore();
      if (isTimeout(error)) this.#hangUp();
      throw asGuardError(error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const { status } = this.#redis;
    if (status === "wait" || status === "end") return;
    const ended = new Promise((resolve) => this.#redis.once("end", resolve));
    this.#hangUp();
    await ended;
  }

  async #open(): Promise<void> {
    // The handshake is more than one command, and a server that loads its data keeps one waiting: one limit for all.
    const timer = setTimeout(() => {
      this.#lastError ??= new Error(`No connection within ${this.#timeoutMs} ms`);
      this.#hangUp();
    }, this.#timeoutMs);
    this.#lastError = undefined;
    try {
      await this.#redis.connect();
      this.#epoch++;
      await this.#inspect?.(this.#redis);
      this.#usable = true;
    } catch (error) {
      this.#hangUp();
      // "Connection is closed" tells less than what closed it.
      throw this.#lastError === undefined ? error : unavailable(this.#lastError);
    } finally {
      clearTimeout(timer);
      this.#opening = undefined;
    }
  }

  #hangUp(): void {
    this.#usable = false;
    if (this.#redis.status !== "end") this.#redis.disconnect();
  }
}

/** The driver gives this error no name. Its connection may be dead without either side having noticed. */
const isTimeout = (error: unknown): boolean => error instanceof Error && error.message === "Command timed out";
