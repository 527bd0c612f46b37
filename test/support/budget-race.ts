import { setTimeout as pause } from "node:timers/promises";
import { GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type SandboxClientOptions } from "tg-guarded/testing";
import { redisStore } from "../../src/redis.js";
import { startOrdered, type OrderedWorker } from "./order.js";
import { randomFrom } from "./random.js";

export interface RaceOptions {
  /** A state file, or a Redis. */
  readonly store: { readonly path: string } | { readonly url: string };
  readonly processes: number;
  readonly seconds: number;
  /** Kills a process at random about so often, and starts another in its place. */
  readonly killEveryMs?: number;
}

export interface RaceResult {
  /** By the store's clock, in milliseconds, in order. */
  readonly grants: readonly number[];
  /** By the sandbox's log, in order. */
  readonly arrivals: readonly number[];
  readonly kills: number;
}

/** The account's budget: 8 at once, and 4 a second. */
export const BURST = 8;
export const PER_SECOND = 4;
/** Together always more than the budget has, and never so many that one would wait for a minute. */
export const IN_FLIGHT = 2;

type Told = number | "ready";

/** Lets processes on one store pull at one sandbox as fast as they are let. */
export async function raceForBudget({ store, processes, seconds, killEveryMs }: RaceOptions): Promise<RaceResult> {
  await using sandbox = await startSandbox();
  const options = sandbox.clientOptions();
  await identify(store, options);
  const before = sandbox.log.length;
  const grants: number[] = [];
  const running = new Set<OrderedWorker<Told>>();
  const start = (): OrderedWorker<Told> => {
    const worker = startOrdered<Told>("pull-worker.mjs", { store, options, inFlight: IN_FLIGHT });
    running.add(worker);
    return worker;
  };
  const follow = async (worker: OrderedWorker<Told>): Promise<void> => {
    for (const told of await worker.rest()) if (told !== "ready") grants.push(told);
    running.delete(worker);
  };
  const go = (worker: OrderedWorker<Told>, leftMs: number): Promise<void> => {
    worker.give(leftMs);
    worker.done();
    return follow(worker);
  };

  const workers = Array.from({ length: processes }, start);
  for (const worker of workers) await worker.next();
  const followed = workers.map((worker) => go(worker, seconds * 1000));
  const raceEndsAt = performance.now() + seconds * 1000;
  let kills = 0;
  if (killEveryMs !== undefined) {
    const random = randomFrom(1);
    while (performance.now() < raceEndsAt - 1000) {
      await pause(killEveryMs * (0.5 + random()));
      const alive = [...running];
      alive[Math.floor(random() * alive.length)]?.kill();
      kills++;
      followed.push(go(start(), Math.max(0, raceEndsAt - performance.now())));
    }
  }
  await Promise.all(followed);
  const arrivals = sandbox.log.slice(before).map(({ at }) => at);
  return { grants: grants.sort((a, b) => a - b), arrivals: arrivals.sort((a, b) => a - b), kills };
}

/** Asks once who the account is, so that every process finds it in the store. */
async function identify(place: RaceOptions["store"], options: SandboxClientOptions): Promise<void> {
  const store = "path" in place ? sqliteStore(place) : await redisStore(place);
  const client = await GuardedClient.open({ ...options, store });
  await client.close();
  await store.close();
}

/**
 * What is allowed to requests as they arrive: on a busy machine one that comes half a second after its slot meets those
 * that do not, and one may have been late from the start. Budgets that are wrong are so by whole bursts.
 */
export const ON_ITS_WAY = { slackSeconds: 0.5, extra: 1 };

/** By how many any window holds more than it may: `burst + perSecond * (w + slackSeconds) + extra`. At most 0 is right. */
export function excess(times: readonly number[], { slackSeconds = 0, extra = 0 } = {}): number {
  let worst = -Infinity;
  times.forEach((last, index) => {
    for (let first = 0; first <= index; first++) {
      const seconds = (last - (times[first] ?? 0)) / 1000;
      worst = Math.max(worst, index - first + 1 - (BURST + PER_SECOND * (seconds + slackSeconds) + extra));
    }
  });
  return worst;
}

/** Which part of the budget was used in so many seconds from the first. */
export function usedPart(times: readonly number[], seconds: number): number {
  const [first = 0] = times;
  const used = times.filter((time) => time <= first + seconds * 1000).length;
  return used / (BURST + PER_SECOND * seconds);
}
