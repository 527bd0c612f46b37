import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GuardedClient, type ClientOptions, type StateStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

const FLOOD_MS = 5000;
/** What a timer, an answer on its way and a busy machine may add. */
const SLACK_MS = 1000;

describe("a flood wait that one client meets", () => {
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  const open: { client: GuardedClient; store: StateStore }[] = [];
  beforeEach(async () => {
    [sandbox, folder] = await Promise.all([startSandbox(), tempFolder()]);
  });
  afterEach(async () => {
    for (const { client, store } of open.splice(0)) {
      await client.close();
      await store.close();
    }
    await Promise.all([sandbox.close(), folder[Symbol.asyncDispose]()]);
  });

  /** As another process would: with a handle of its own on the same file. */
  const openClient = async (limits: ClientOptions["limits"] = {}): Promise<GuardedClient> => {
    const store = sqliteStore({ path: folder.file("state.sqlite") });
    const options = { ...sandbox.clientOptions(), store, limits: { retryAttempts: 0, ...limits } };
    const client = await GuardedClient.open(options);
    open.push({ client, store });
    return client;
  };
  const state = (client: GuardedClient) => client.raw.invoke(new client.raw.api.updates.GetState());
  const config = (client: GuardedClient) => client.raw.invoke(new client.raw.api.help.GetConfig());
  const arrivals = (method: string) => sandbox.log.filter((entry) => entry.method === method).map(({ at }) => at);

  it("holds that method for the other client for exactly as long as asked, and nothing else", async () => {
    const lifted = { mode: "off" } as const;
    const [first, second] = [await openClient(lifted), await openClient(lifted)];
    sandbox.faults.set([{ method: "updates.getState", nth: 1, error: "FLOOD_WAIT_5" }]);
    const waits: number[] = [];
    second.on("wait", ({ reason, waitMs }) => {
      if (reason === "flood") waits.push(waitMs);
    });
    await expect(state(first)).rejects.toMatchObject({ code: "flood_wait", details: { retryAfterMs: FLOOD_MS } });
    const held = [state(first), state(second)];
    for (let count = 0; count < 20; count++) await config(second);
    await Promise.all(held);

    const [flooded = 0, ...after] = arrivals("updates.getState");
    expect(after).toHaveLength(2);
    for (const at of after) {
      expect(at - flooded).toBeGreaterThanOrEqual(FLOOD_MS);
      expect(at - flooded).toBeLessThan(FLOOD_MS + SLACK_MS);
    }
    expect(arrivals("help.getConfig").filter((at) => at < flooded + FLOOD_MS)).toHaveLength(20);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(FLOOD_MS - SLACK_MS);
    expect(waits[0]).toBeLessThanOrEqual(FLOOD_MS);
  });

  it("holds it also for one that had a slot already, while the slots of other methods are used", async () => {
    const slow = { perSecond: 4, burst: 1 };
    const [first, second] = [await openClient(slow), await openClient(slow)];
    sandbox.faults.set([{ method: "updates.getState", nth: 1, error: "FLOOD_WAIT_5" }]);
    const flooded = expect(state(first)).rejects.toMatchObject({ code: "flood_wait" });
    const waiting = [state(second), config(second), config(first)];
    await flooded;
    await Promise.all(waiting);
    const [at = 0, next = 0] = arrivals("updates.getState");
    expect(next - at).toBeGreaterThanOrEqual(FLOOD_MS);
    expect(next - at).toBeLessThan(FLOOD_MS + SLACK_MS);
    for (const other of arrivals("help.getConfig")) expect(other - at).toBeLessThan(FLOOD_MS);
  });

  it("is still there for a client that opens later, and shown in its health", async () => {
    const first = await openClient({ mode: "off" });
    sandbox.faults.set([{ method: "updates.getState", nth: 1, error: "FLOOD_WAIT_5" }]);
    await expect(state(first)).rejects.toMatchObject({ code: "flood_wait" });
    const later = await openClient({ mode: "off" });
    const { status, holds } = await later.health();
    expect([status, holds[0]?.scope, holds[0]?.name]).toEqual(["throttled", "updates.getState", "FLOOD_WAIT_5"]);
    await state(later);
    const [at = 0, next = 0] = arrivals("updates.getState");
    expect(next - at).toBeGreaterThanOrEqual(FLOOD_MS);
  });

  it("opens the circuit for both when it is long, until a person closes it", async () => {
    const [first, second] = [await openClient(), await openClient()];
    sandbox.faults.set([{ method: "updates.getState", nth: 1, error: "FLOOD_WAIT_600" }]);
    await expect(state(first)).rejects.toMatchObject({ code: "flood_wait" });
    const before = sandbox.log.length;
    await expect(config(second)).rejects.toMatchObject({ code: "circuit_open", details: { reason: "long_flood" } });
    expect((await second.health()).status).toBe("limited");
    expect(sandbox.log).toHaveLength(before);
    await second.resetCircuit();
    await config(first);
    expect((await first.health()).status).toBe("throttled");
    await expect(state(first)).rejects.toMatchObject({ code: "rate_limited", details: { reason: "flood" } });
  });
});
