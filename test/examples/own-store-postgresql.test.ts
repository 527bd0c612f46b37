import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GuardedClient, type StateStore } from "tg-guarded";
import { startSandbox, storeConformance } from "tg-guarded/testing";
import { postgresqlStore } from "../../examples/own-store-postgresql/store.js";
import { excess, ON_ITS_WAY } from "../support/budget-race.js";
import { examplePrograms } from "../support/example-programs.js";
import { postgresMissing, startPostgres, type PostgresServer } from "../support/postgres-server.js";
import { sandboxEnv } from "../support/sandbox-file.js";
import { tempFolder } from "../support/temp-folder.js";

const PROCESSES = 4;
const SECONDS = 5;

const add = (sum = 0) => ({ next: sum + 1, result: sum + 1 });
const firstOf = (store: StateStore) => store.entries("")[Symbol.asyncIterator]().next();
const unavailable = expect.objectContaining({ code: "store_unavailable" }) as unknown;

if (postgresMissing !== undefined) console.warn(`The tests of the PostgreSQL store are skipped: ${postgresMissing}.`);

describe.skipIf(postgresMissing !== undefined)("The example's store on PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  describe("keeps the rules of the interface", () => {
    const checks = storeConformance({
      name: "postgresql",
      shared: true,
      open: ({ place, clock }) =>
        postgresqlStore({ url: server.url, table: `state "${place}"`, timeoutMs: 20_000, clock }),
    });
    for (const { name, run } of checks) test(name, run);
  });

  test("takes the time from the server", async () => {
    const store = await postgresqlStore({ url: server.url });
    const before = Date.now();
    const now = await store.update("time", (_: number | undefined, at) => ({ next: at, result: at }));
    await store.close();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test("forgets what has expired when it is opened again", async () => {
    const first = await postgresqlStore({ url: server.url, table: "short" });
    await first.update("gone", (_, now) => ({ next: 1, result: undefined, expiresAt: now - 1 }));
    await first.close();
    // A clock of long ago: to it the record would still be there.
    const again = await postgresqlStore({ url: server.url, table: "short" });
    await again.close();
    const clock = { now: () => 0, after: () => () => undefined };
    const past = await postgresqlStore({ url: server.url, table: "short", clock });
    expect(await past.update("gone", (current: number | undefined) => ({ next: current, result: current }))).toBe(
      undefined,
    );
    await past.close();
  });

  test("fails closed while the server is away, and works again with what it had", async () => {
    await using own = await startPostgres();
    const store = await postgresqlStore({ url: own.url, timeoutMs: 10_000 });
    await store.update("count", add, { durable: true });
    await own.stop();
    await expect(store.update("count", add)).rejects.toEqual(unavailable);
    await expect(firstOf(store)).rejects.toEqual(unavailable);
    await expect(postgresqlStore({ url: own.url, timeoutMs: 1000 })).rejects.toEqual(unavailable);
    await own.start();
    expect(await store.update("count", add)).toBe(2);
    await store.close();
  });

  test(`lets ${PROCESSES} processes keep to one budget`, async () => {
    await using programs = await examplePrograms("own-store-postgresql/program");
    await using sandbox = await startSandbox();
    await using folder = await tempFolder();
    const store = await postgresqlStore({ url: server.url });
    // Asks once who the account is, so that every process finds it in the store.
    await (await GuardedClient.open({ ...sandbox.clientOptions(), store })).close();
    await store.close();
    const before = sandbox.log.length;
    const env = { ...(await sandboxEnv(folder.file("sandbox.json"), sandbox.info)), DATABASE_URL: server.url };
    const running = Array.from({ length: PROCESSES }, () =>
      programs.start("own-store-postgresql/program", [String(SECONDS)], env),
    );
    for (const { ended } of running) expect(await ended).toEqual({ code: 0, complaint: "" });
    const arrivals = sandbox.log.slice(before).map(({ at }) => at);
    // 8 at once and 4 a second, in every window.
    expect(excess(arrivals, ON_ITS_WAY)).toBeLessThanOrEqual(0);
    expect(arrivals.length).toBeGreaterThan(20);
  });
});
