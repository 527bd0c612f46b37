import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect, type RedisConnection } from "../../src/stores/redis-connection.js";
import { swap, type Swap, type Swapped } from "../../src/stores/redis-swap.js";
import { redisMissing, startRedis, type RedisServer } from "../support/redis-server.js";

const FIRST = "first---------------\n1";
const mark = (raw: string): string => raw.slice(0, 20);
const set = (value: string) => ({ kind: "set", value }) as const;

describe.skipIf(redisMissing !== undefined)("A swap in Redis", () => {
  let server: RedisServer;
  let connection: RedisConnection;
  beforeAll(async () => {
    server = await startRedis();
    connection = await connect({ url: server.url, timeoutMs: 20_000 });
  });
  afterAll(async () => {
    await connection.close();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await server.command("FLUSHALL");
    await server.command("SET", "generation", "ours");
  });

  const attempt = (request: Partial<Swap>): Promise<Swapped> =>
    swap(connection, {
      keys: ["record", "generation", "turn"],
      generation: "ours",
      handle: "me",
      mark: "",
      takeTurn: false,
      change: { kind: "keep" },
      ...request,
    });
  const nowMs = async (): Promise<number> => Math.floor((await attempt({})).redisUs / 1000);

  test("builds on the record that was seen, and tells what came between", async () => {
    expect(await attempt({ change: set(FIRST) })).toMatchObject({ kind: "done" });
    expect(await attempt({ change: set(FIRST) })).toMatchObject({ kind: "raced", raw: FIRST });
    expect(await attempt({ mark: mark(FIRST), change: { kind: "delete" } })).toMatchObject({ kind: "done" });
    expect(await attempt({ mark: mark(FIRST) })).toMatchObject({ kind: "raced", raw: undefined });
  });

  test("for a time that Redis has left behind, or not reached, is not carried out", async () => {
    const now = await nowMs();
    for (const wrong of [now - 10_000, now + 10_000]) {
      const at = { nowMs: wrong, toleranceUs: 5_000_000 };
      expect(await attempt({ at, change: set(FIRST) })).toMatchObject({ kind: "late" });
    }
    const at = { nowMs: now, toleranceUs: 5_000_000 };
    expect(await attempt({ at, change: set(FIRST) })).toMatchObject({ kind: "done" });
  });

  test("in another generation is not carried out", async () => {
    expect(await attempt({ generation: "another", change: set(FIRST) })).toMatchObject({ kind: "lost" });
    expect(await server.command("EXISTS", "record")).toBe(":0");
  });

  test("waits while it is the turn of who lost too often, who then wins", async () => {
    await attempt({ change: set(FIRST) });
    expect(await attempt({ handle: "loser", mark: "?", takeTurn: true })).toMatchObject({ kind: "raced", raw: FIRST });
    // A turn ends by itself; this one is made to last, so that the test does not depend on its speed.
    await server.command("PERSIST", "turn");
    const second = FIRST.replace("first-", "second");
    expect(await attempt({ mark: mark(FIRST), change: set(second) })).toMatchObject({ kind: "turn" });
    expect(await attempt({ mark: mark(FIRST) })).toMatchObject({ kind: "done" });
    expect(await attempt({ handle: "loser", mark: mark(FIRST), change: set(second) })).toMatchObject({ kind: "done" });
    expect(await attempt({ mark: mark(second), change: set(FIRST) })).toMatchObject({ kind: "done" });
  });
});
