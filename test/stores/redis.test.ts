import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StateStore } from "tg-guarded";
import { storeConformance } from "tg-guarded/testing";
import { redisStore, type RedisStoreOptions } from "../../src/redis.js";
import { redisMissing, startRedis, type RedisServer } from "../support/redis-server.js";

const WORKER = fileURLToPath(new URL("../support/redis-worker.mjs", import.meta.url));
const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
/** What a Redis that waits for its disk needs even on a loaded machine, and what is soon given up where none answers. */
const AMPLE_MS = 5000;
const SOON_MS = 2000;
/** Longer than anything here waits. */
const PAUSE_MS = "60000";
/** How long the answer before may have been on its way. */
const ON_ITS_WAY_MS = 50;
const add = (sum = 0) => ({ next: sum + 1, result: sum + 1 });
const look = (current: number | undefined) => ({ next: current, result: current });
const keysOf = async (store: StateStore): Promise<string[]> => {
  const keys: string[] = [];
  for await (const [key] of store.entries("")) keys.push(key);
  return keys;
};
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;

if (redisMissing !== undefined) console.warn(`The tests of the Redis store are skipped: ${redisMissing}.`);

describe.skipIf(redisMissing !== undefined)("The Redis store", () => {
  let shared: RedisServer;
  beforeAll(async () => {
    shared = await startRedis();
  });
  afterAll(() => shared[Symbol.asyncDispose]());

  describe("keeps the rules of the interface", () => {
    const checks = storeConformance({
      name: "redis",
      shared: true,
      open: ({ place, clock }) => redisStore({ url: shared.url, keyPrefix: `${place}:`, clock }),
    });
    for (const { name, run } of checks) test(name, run);
  });

  const own = async (
    run: (server: RedisServer, open: (options?: Partial<RedisStoreOptions>) => Promise<StateStore>) => Promise<void>,
    settings?: Record<string, string>,
  ): Promise<void> => {
    await using server = await startRedis(settings);
    const opened: StateStore[] = [];
    try {
      await run(server, async (options) => {
        const store = await redisStore({ url: server.url, commandTimeoutMs: AMPLE_MS, ...options });
        opened.push(store);
        return store;
      });
    } finally {
      for (const store of opened) await store.close();
    }
  };

  test("four processes lose no update", () =>
    own(async (server, open) => {
      const workers = Array.from({ length: 4 }, () =>
        spawn(process.execPath, [WORKER, server.url, "500"], { stdio: "inherit" }),
      );
      const ends = await Promise.all(workers.map((worker) => once(worker, "exit")));
      expect(ends).toEqual(ends.map(() => [0, null]));
      expect(await (await open()).update("counter", look)).toBe(2000);
    }));

  test("takes the time from Redis", () =>
    own(async (server, open) => {
      const store = await open();
      const redisNow = async (): Promise<number> => {
        const [, , seconds, , micros] = (await server.command("TIME")).split("\r\n");
        return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
      };
      for (let round = 0; round < 200; round++) {
        const before = await redisNow();
        const now = await store.update("key", (_: number | undefined, at) => ({ next: at, result: at }));
        // The transition may have run for the moment in which the answer before was on its way.
        expect(now).toBeGreaterThan(before - ON_ITS_WAY_MS);
        expect(now).toBeLessThanOrEqual(await redisNow());
      }
    }));

  test("the times of one record never go back, whoever writes", () =>
    own(async (_, open) => {
      const stores = await Promise.all([open(), open(), open()]);
      const stamp = (last: number | undefined, now: number) => ({ next: now, result: now - (last ?? now) });
      const steps = await Promise.all(
        stores.map(async (store) => {
          const taken: number[] = [];
          for (let round = 0; round < 300; round++) taken.push(await store.update("key", stamp));
          return taken;
        }),
      );
      expect(Math.min(...steps.flat())).toBeGreaterThanOrEqual(0);
    }));

  test("Redis forgets what has expired", () =>
    own(async (server, open) => {
      const store = await open();
      await store.update("short", (_, now) => ({ next: 1, result: undefined, expiresAt: now + 60_000 }));
      await store.update("long", () => ({ next: 1, result: undefined }));
      const left = Number((await server.command("PTTL", "tg-guarded:record:short")).slice(1));
      expect(left).toBeGreaterThan(50_000);
      expect(left).toBeLessThanOrEqual(60_000);
      expect(await server.command("PTTL", "tg-guarded:record:long")).toBe(":-1");
    }));

  test("a server that stopped is store_unavailable in time, and works again when it is back", () =>
    own(async (server, open) => {
      const store = await open({ commandTimeoutMs: SOON_MS });
      await store.update("key", add);
      await server.stop();
      const since = performance.now();
      await expect(store.update("key", add)).rejects.toEqual(code("store_unavailable"));
      await expect(keysOf(store)).rejects.toEqual(code("store_unavailable"));
      expect(performance.now() - since).toBeLessThan(4 * SOON_MS);
      await server.start();
      expect(await store.update("key", add)).toBe(2);
    }));

  test("a server that hangs is store_unavailable in time", () =>
    own(async (server, open) => {
      const store = await open({ commandTimeoutMs: SOON_MS });
      await store.update("key", add);
      await server.command("CLIENT", "PAUSE", PAUSE_MS, "ALL");
      await expect(store.update("key", add)).rejects.toEqual(code("store_unavailable"));
    }));

  test("a server that is back empty is state_lost", () =>
    own(async (server, open) => {
      const store = await open();
      await store.update("key", add);
      await server.stop();
      await server.start({ empty: true });
      await expect(store.update("key", add)).rejects.toEqual(code("state_lost"));
      await expect(keysOf(store)).rejects.toEqual(code("state_lost"));
    }));

  test("a server emptied while connected is state_lost, and nothing is written into it", () =>
    own(async (server, open) => {
      const store = await open();
      await store.update("key", add);
      await server.command("FLUSHALL");
      for (const durable of [false, true]) {
        await expect(store.update("key", add, { durable })).rejects.toEqual(code("state_lost"));
      }
      await expect(store.update("key", look)).rejects.toEqual(code("state_lost"));
      expect(await server.command("DBSIZE")).toBe(":0");
    }));

  test("the marker file notices at the next start that Redis was emptied", () =>
    own(async (server, open) => {
      const markerPath = join(server.folder, "made", "marker");
      const stores = await Promise.all([open({ markerPath }), open({ markerPath }), open()]);
      for (const store of stores) await store.update("key", add);
      await (await open({ markerPath })).close();
      await server.command("FLUSHALL");
      await expect(open({ markerPath })).rejects.toEqual(code("state_lost"));
      await rm(markerPath);
      expect(await (await open({ markerPath })).update("key", add)).toBe(1);
    }));

  test("a marker of another state is state_lost", () =>
    own(async (server, open) => {
      await open();
      const markerPath = join(server.folder, "marker");
      writeFileSync(markerPath, "another\n");
      await expect(open({ markerPath })).rejects.toEqual(code("state_lost"));
    }));

  test("a marker file that cannot be made is told by its name", () =>
    own(async (server, open) => {
      writeFileSync(join(server.folder, "file"), "");
      const markerPath = join(server.folder, "file", "marker");
      const told = { code: "store_unavailable", message: expect.stringContaining(markerPath) as unknown };
      await expect(open({ markerPath })).rejects.toMatchObject(told);
    }));

  test("a damaged record is state_lost, and its neighbours in the same moment are not", () =>
    own(async (server, open) => {
      const store = await open();
      await server.command("SET", "tg-guarded:record:bad", "nonsense");
      const [bad, good] = await Promise.allSettled([store.update("bad", add), store.update("good", add)]);
      expect(bad).toMatchObject({ reason: { code: "state_lost" } });
      expect(good).toMatchObject({ value: 1 });
    }));

  test.each([{ appendonly: "no" }, { "maxmemory-policy": "allkeys-lru" }])("a Redis with %o is refused", (settings) =>
    own(async (_, open) => {
      const [name = ""] = Object.keys(settings);
      await expect(open()).rejects.toMatchObject({
        code: "store_unavailable",
        nextStep: expect.stringContaining(name) as unknown,
      });
      expect(await (await open({ allowVolatile: true })).update("key", add)).toBe(1);
    }, settings),
  );

  test("a Redis that may not tell its settings is refused unless one vouches for it", () =>
    own(async (server, open) => {
      await server.command("ACL", "SETUSER", "default", "-config");
      const refusal = { code: "store_unavailable", nextStep: expect.stringContaining("assumeDurable") as unknown };
      await expect(open()).rejects.toMatchObject(refusal);
      expect(await (await open({ assumeDurable: true })).update("key", add, { durable: true })).toBe(1);
    }));

  test("a wrong password is told, and not shown", () =>
    own(
      async (server) => {
        const url = server.url.replace("//", "//:not-the-secret@");
        const failed: unknown = await redisStore({ url, commandTimeoutMs: AMPLE_MS }).catch((error: unknown) => error);
        expect(failed).toMatchObject({
          code: "store_unavailable",
          nextStep: expect.stringContaining("password") as unknown,
        });
        expect(JSON.stringify(failed) + String(failed)).not.toContain("not-the-secret");
        const store = await redisStore({ url: server.url.replace("//", "//:the-secret@"), commandTimeoutMs: AMPLE_MS });
        expect(await store.update("key", add)).toBe(1);
        await store.close();
      },
      { requirepass: "the-secret" },
    ));

  test("closing ends what is under way", () =>
    own(async (server, open) => {
      // Longer than the test may take: it is the closing that ends it.
      const store = await open({ commandTimeoutMs: Number(PAUSE_MS) * 10 });
      await server.command("CLIENT", "PAUSE", PAUSE_MS, "ALL");
      const underWay = expect(store.update("key", add)).rejects.toEqual(code("store_unavailable"));
      await store.close();
      await underWay;
    }));

  test("a process that closed its store ends by itself", () =>
    own(async (server) => {
      const script = `import { redisStore } from ${JSON.stringify(join(DIST, "redis.js"))};
        const store = await redisStore({ url: ${JSON.stringify(server.url)} });
        await store.update("key", () => ({ next: 1, result: 1 }), { durable: true });
        await store.close();
        process.exitCode = process.getActiveResourcesInfo().some((name) => /Timer|TCP/.test(name)) ? 1 : 0;`;
      const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "inherit" });
      expect(await once(child, "exit")).toEqual([0, null]);
    }));
});

test("without ioredis the error names the package", async () => {
  // Far from any node_modules that has it.
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-no-ioredis-"));
  try {
    await cp(DIST, join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const script = `import { redisStore } from ${JSON.stringify(join(folder, "dist", "redis.js"))};
      const failed = await redisStore({ url: "redis://127.0.0.1:1" }).catch((error) => error);
      console.log(failed.code + ": " + failed.nextStep);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    await once(child, "close");
    expect(Buffer.concat(output).toString().trim()).toBe("store_unavailable: Install it: npm install ioredis");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
