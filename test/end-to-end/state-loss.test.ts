import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { approvers, GuardedClient, type ClientOptions, type StateStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { redisStore } from "../../src/redis.js";
import { startOrdered } from "../support/order.js";
import { FAR_FROM_MIDNIGHT } from "../support/quota-day.js";
import { redisMissing, startRedis } from "../support/redis-server.js";
import { smallDisk, smallDiskMissing } from "../support/small-disk.js";
import { tempFolder } from "../support/temp-folder.js";

const PERSON = "@jonas_lq";
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const clients: GuardedClient[] = [];
const stores: StateStore[] = [];
afterEach(async () => {
  for (const one of [...clients.splice(0), ...stores.splice(0)]) await one.close();
});

async function openClient(store: StateStore, limits: ClientOptions["limits"] = {}): Promise<GuardedClient> {
  stores.push(store);
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store,
    limits: { mode: "off", retryAttempts: 0, timeZone: FAR_FROM_MIDNIGHT, ...limits },
    actions: { allow: [PERSON], approver: approvers.callback(() => true) },
  });
  clients.push(client);
  return client;
}

let texts = 0;
const send = async (client: GuardedClient): Promise<void> => {
  await (await client.actions.sendMessage({ chat: PERSON, text: `Text ${++texts}` })).execute();
};
const quotaLeft = async (client: GuardedClient): Promise<number | undefined> =>
  (await client.actions.sendMessage({ chat: PERSON, text: "How much is left?" })).quotaLeft;

/** Neither a write nor a read leaves, and both say why. */
async function failsClosed(client: GuardedClient, codes: readonly string[], act = () => send(client)): Promise<void> {
  const before = sandbox.log.length;
  for (const attempt of [act, () => client.raw.invoke(new client.raw.api.updates.GetState())]) {
    const error: unknown = await attempt().then(
      () => "done",
      (thrown: unknown) => thrown,
    );
    expect(codes).toContain((error as { code?: string }).code);
    if ((error as { code?: string }).code === "store_unavailable") expect(error).toHaveProperty("cause");
    expect(error).toHaveProperty("nextStep");
  }
  expect(sandbox.log.slice(before).map(({ method }) => method)).toEqual([]);
}
const UNAVAILABLE = ["store_unavailable"];
const LOST = ["state_lost"];

describe("a state file", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let path: string;
  beforeEach(async () => {
    folder = await tempFolder();
    path = folder.file("state.sqlite");
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const removeAll = (): void => {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
  };
  /** A client that has used three units, closed again. */
  const usedBefore = async (): Promise<void> => {
    const store = sqliteStore({ path });
    const client = await openClient(store);
    for (let count = 0; count < 3; count++) await send(client);
    await client.close();
    await store.close();
  };

  it("that is unlinked under a running client stops it, and what was used is still there when it is back", async () => {
    const client = await openClient(sqliteStore({ path }));
    for (let count = 0; count < 3; count++) await send(client);
    renameSync(path, `${path}.away`);
    await failsClosed(client, LOST);
    renameSync(`${path}.away`, path);
    expect(await quotaLeft(client)).toBe(17);
    await send(client);
  });

  it("that is gone at the next start starts nothing at zero", async () => {
    await usedBefore();
    removeAll();
    expect(() => sqliteStore({ path })).toThrow(expect.objectContaining({ code: "state_lost" }) as Error);
    expect(existsSync(path)).toBe(false);
  });

  it("that is replaced by an older copy of another state starts nothing at zero", async () => {
    await usedBefore();
    const other = folder.file("other.sqlite");
    await sqliteStore({ path: other }).close();
    removeAll();
    copyFileSync(other, path);
    expect(() => sqliteStore({ path })).toThrow(expect.objectContaining({ code: "state_lost" }) as Error);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ["noise from its first page on", (bytes) => bytes.fill(0xa5, 100)],
    ["cut in the middle of a page", (bytes) => bytes.subarray(0, 4096 + 100)],
    ["text", () => Buffer.from("no database ".repeat(2000))],
    ["nothing", () => Buffer.alloc(0)],
  ])("that holds %s is refused and left as it is", async (_, damage) => {
    await usedBefore();
    const damaged = Buffer.from(damage(readFileSync(path)));
    removeAll();
    writeFileSync(path, damaged);
    const before = sandbox.log.length;
    const opening = (async () => send(await openClient(sqliteStore({ path }))))();
    const error: unknown = await opening.catch((thrown: unknown) => thrown);
    expect(["store_unavailable", "state_lost"]).toContain((error as { code?: string }).code);
    expect(sandbox.log.slice(before).map(({ method }) => method)).toEqual([]);
    expect(readFileSync(path).subarray(0, damaged.length).equals(damaged)).toBe(true);
    // Nor does trying it make it good.
    await expect((async () => send(await openClient(sqliteStore({ path }))))()).rejects.toThrow();
  });

  it("with a damaged record stops that account and says which record it is", async () => {
    const store = sqliteStore({ path });
    const client = await openClient(store);
    await send(client);
    const { default: Database } = await import("libsql");
    const database = new Database(path);
    database.exec("UPDATE records SET state = substr(state, 1, 20) WHERE key LIKE 'admission:%' OR key LIKE 'quota:%'");
    database.close();
    const before = sandbox.log.length;
    await expect(send(client)).rejects.toMatchObject({ code: "state_lost" });
    expect(sandbox.log.slice(before).filter(({ method }) => method === "messages.sendMessage")).toEqual([]);
  });

  it.skipIf(!isRoot)("that its user may not write stops a client of that user", async () => {
    await usedBefore();
    for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix, { force: true });
    chmodSync(folder.path, 0o755);
    chmodSync(path, 0o644);
    chmodSync(folder.file(".generation-state.sqlite"), 0o644);
    const content = readFileSync(path);
    const before = sandbox.log.length;
    const worker = startOrdered<unknown>("refused-worker.mjs", {
      path,
      uid: NOBODY,
      options: sandbox.clientOptions(),
      chat: PERSON,
    });
    const told = await worker.next();
    await worker.ended;
    expect(told).toMatchObject({ code: "store_unavailable", cause: expect.stringMatching(/SQLITE|EACCES/) as string });
    expect(sandbox.log).toHaveLength(before);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it.skipIf(smallDiskMissing !== undefined)(
    "on a full disk stops its client, and goes on when there is room",
    async () => {
      await using disk = await smallDisk();
      const place = `${disk.path}/state.sqlite`;
      const client = await openClient(sqliteStore({ path: place }));
      await send(client);
      disk.fill();
      // SQLite may reuse room that its files have already; in the end there is none.
      const refused = await (async () => {
        for (let count = 0; count < 200; count++) {
          const before = sandbox.log.length;
          const error: unknown = await send(client).then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          if (error !== undefined) return { error, sent: sandbox.log.slice(before).map(({ method }) => method) };
        }
        return undefined;
      })();
      expect(refused?.error).toMatchObject({ code: "store_unavailable" });
      expect(refused?.error).toHaveProperty("cause");
      expect(refused?.sent).not.toContain("messages.sendMessage");
      disk.free();
      const left = await quotaLeft(client);
      await send(client);
      expect(await quotaLeft(client)).toBe((left ?? 0) - 1);
      expect(statSync(place).size).toBeGreaterThan(0);
    },
  );

  it("whose reads may go on without it lets them, and no write", async () => {
    const client = await openClient(sqliteStore({ path }), { readsWithoutStore: true });
    await send(client);
    renameSync(path, `${path}.away`);
    await client.raw.invoke(new client.raw.api.updates.GetState());
    const before = sandbox.log.length;
    await expect(send(client)).rejects.toMatchObject({ code: "state_lost" });
    expect(sandbox.log.slice(before).filter(({ method }) => method === "messages.sendMessage")).toEqual([]);
  });
});

describe.skipIf(redisMissing !== undefined)("a Redis", () => {
  it("that stops, comes back and comes back empty stops its clients in between, and starts nothing at zero", async () => {
    await using redis = await startRedis();
    const store = await redisStore({ url: redis.url, commandTimeoutMs: 5000 });
    const client = await openClient(store);
    for (let count = 0; count < 3; count++) await send(client);

    await redis.stop();
    await failsClosed(client, UNAVAILABLE);
    await redis.start();
    expect(await quotaLeft(client)).toBe(17);
    await send(client);

    await redis.stop();
    await redis.start({ empty: true });
    await failsClosed(client, LOST);
    expect(await redis.command("DBSIZE")).toBe(":0");
  });

  it("that stops between the approval and the send gives the approval back", async () => {
    await using redis = await startRedis();
    const store = await redisStore({ url: redis.url, commandTimeoutMs: 5000 });
    const client = await openClient(store);
    const preview = await client.actions.sendMessage({ chat: PERSON, text: `Text ${++texts}` });
    await redis.stop();
    await failsClosed(client, UNAVAILABLE, async () => {
      await preview.execute();
    });
    await redis.start();
    expect(await preview.execute()).toMatchObject({ status: "done", repeated: false });
  });
});
