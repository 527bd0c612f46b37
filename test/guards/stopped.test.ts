import { memoryStore } from "tg-guarded";
import { expect, test } from "vitest";
import { readHealth, resetCircuits, stopWrites } from "../../src/guards/health.js";
import { moveAdmission } from "../../src/guards/move-admission.js";
import { callOf, floodWait } from "../support/calls.js";
import { guarded, telegramError, writeOf, type Guarded } from "../support/guarded.js";

const HOUR_MS = 3_600_000;
const STOPPED = { code: "circuit_open", applied: "no", details: { method: "messages.sendMessage", reason: "stopped" } };
const withoutRetries = { retryAttempts: 0 };
const health = ({ store }: Guarded) => readHealth(store, "1");
const failing = (...errors: Error[]): Guarded =>
  guarded((_, nth) => {
    const error = errors[nth - 1];
    if (error !== undefined) throw error;
    return "answer";
  });

test("a stop refuses writes of every process, until a person ends it; reads go on", async () => {
  const world = guarded();
  await stopWrites(world.store, "1");
  await world.clock.advance(1000 * HOUR_MS);
  for (const chain of [world.process(), world.process({ perSecond: 0 })]) {
    await expect(chain(writeOf())).rejects.toMatchObject(STOPPED);
    expect(await chain(callOf())).toBe("answer");
  }
  expect(world.sent.map(([, method]) => method)).not.toContain("messages.sendMessage");
  expect(await health(world)).toEqual({
    status: "limited",
    allows: { reads: true, writes: false },
    stopped: true,
    reason: "stopped",
    holds: [],
  });
  await resetCircuits(world.store, "1");
  expect(await world.process()(writeOf())).toBe("answer");
});

test("ending a stop ends nothing that Telegram asked for, whichever of the two came first", async () => {
  for (const stopsFirst of [false, true]) {
    const world: Guarded = guarded(async (_, nth) => {
      if (nth > 1) return "answer";
      if (stopsFirst) await stopWrites(world.store, "1");
      throw telegramError("PEER_FLOOD");
    });
    await expect(world.process(withoutRetries)(writeOf())).rejects.toMatchObject({ code: "telegram_error" });
    if (!stopsFirst) await stopWrites(world.store, "1");
    await world.clock.advance(HOUR_MS);
    await expect(world.process()(writeOf())).rejects.toMatchObject(STOPPED);
    expect(await health(world)).toMatchObject({ stopped: true, reason: "peer_flood", retryAfterMs: 23 * HOUR_MS });
    await resetCircuits(world.store, "1");
    await expect(world.process()(writeOf())).rejects.toMatchObject({ details: { reason: "peer_flood" } });
    expect(await health(world)).toMatchObject({ stopped: false, allows: { reads: true, writes: false } });
    await resetCircuits(world.store, "1");
    expect(await world.process()(writeOf())).toBe("answer");
  }
});

test("a stop beside a long flood hides neither, and outlasts it", async () => {
  const world = failing(floodWait(600));
  await expect(world.process(withoutRetries)(callOf())).rejects.toMatchObject({ code: "flood_wait" });
  await stopWrites(world.store, "1");
  expect(await health(world)).toMatchObject({
    allows: { reads: false, writes: false },
    stopped: true,
    reason: "long_flood",
    name: "FLOOD_WAIT_600",
    retryAfterMs: 900_000,
  });
  await world.clock.advance(900_000);
  expect(await world.process()(callOf())).toBe("answer");
  await expect(world.process()(writeOf())).rejects.toMatchObject(STOPPED);
});

test.each(["shared", "local"] as const)(
  "a write that waits for its slot when the stop comes is not sent (%s)",
  async (mode) => {
    const world = guarded();
    const bucketStore = mode === "local" ? { bucketStore: memoryStore({ clock: world.clock }) } : {};
    const chain = world.process({ perSecond: 1, burst: 1, ...bucketStore });
    await chain(callOf());
    const refused = expect(chain(writeOf({ deadline: Infinity }))).rejects.toMatchObject(STOPPED);
    await world.clock.advance(500);
    await stopWrites(world.store, "1");
    await world.clock.advance(500);
    await refused;
    expect(world.sent).toHaveLength(1);
  },
);

test("nor is one whose connection was lost meanwhile and comes back after the stop", async () => {
  const world = guarded();
  let comeBack = (): void => undefined;
  const back = new Promise<void>((resolve) => (comeBack = resolve));
  const link = { isUp: true };
  const connection = {
    get isUp() {
      return link.isUp;
    },
    ready: () => back,
  };
  const chain = world.process({ perSecond: 1, burst: 1, connection });
  await chain(callOf());
  const refused = expect(chain(writeOf({ deadline: Infinity }))).rejects.toMatchObject(STOPPED);
  await world.clock.advance(500);
  link.isUp = false;
  await world.clock.advance(500);
  await stopWrites(world.store, "1");
  link.isUp = true;
  comeBack();
  await refused;
  expect(world.sent).toHaveLength(1);
});

test("a stop under a session whose account has become known meanwhile stops the account", async () => {
  for (const order of ["before", "after"] as const) {
    const world = guarded();
    if (order === "before") await stopWrites(world.store, "1");
    await moveAdmission({ store: world.store }, "1", "2");
    if (order === "after") await stopWrites(world.store, "1");
    expect(await readHealth(world.store, "2")).toMatchObject({ stopped: true, allows: { reads: true, writes: false } });
  }
});
