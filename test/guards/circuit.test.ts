import { describe, expect, test } from "vitest";
import { readHealth, resetCircuits } from "../../src/guards/health.js";
import { moveAdmission } from "../../src/guards/move-admission.js";
import { callOf, floodWait, outcomeOf, type Heard } from "../support/calls.js";
import { guarded, sessionDead, telegramError, writeOf, type Guarded } from "../support/guarded.js";

const HOUR_MS = 3_600_000;
const once = (error: Error) => (_: unknown, nth: number) => {
  if (nth === 1) throw error;
  return "answer";
};
const read = (deadline = Infinity) => callOf({ method: "messages.getDialogs", deadline });
const circuits = (heard: readonly Heard[]) => heard.filter(({ name }) => name === "circuit").map(({ event }) => event);
const health = ({ store }: Guarded) => readHealth(store, "1");
const withoutRetries = { retryAttempts: 0 };

test("a flood that a session learns while another process identifies its account counts for the account", async () => {
  const world: Guarded = guarded(async () => {
    await moveAdmission({ store: world.store }, "1", "2");
    throw floodWait(600);
  });
  await expect(world.process(withoutRetries)(callOf())).rejects.toMatchObject({ code: "flood_wait" });
  expect(await readHealth(world.store, "2")).toMatchObject({ status: "limited", name: "FLOOD_WAIT_600" });
});

describe("The circuit", () => {
  test("opens on a long flood for everything and everybody, says why and until when, and closes by itself", async () => {
    const world = guarded(once(floodWait(600)));
    const [first, other] = [world.process(withoutRetries), world.process(withoutRetries)];
    await expect(first(callOf())).rejects.toMatchObject({ code: "flood_wait" });
    expect(circuits(world.heard)).toEqual([
      { state: "open", reason: "long_flood", name: "FLOOD_WAIT_600", forMs: 900_000 },
    ]);
    await world.clock.advance(100_000);
    for (const chain of [first, other]) {
      await expect(chain(read())).rejects.toMatchObject({
        code: "circuit_open",
        applied: "no",
        details: { method: "messages.getDialogs", reason: "long_flood", name: "FLOOD_WAIT_600", retryAfterMs: 800_000 },
      });
    }
    expect(world.heard.at(-1)).toEqual({
      name: "refused",
      event: { method: "messages.getDialogs", code: "circuit_open" },
    });
    await world.clock.advance(800_000);
    expect(await other(read())).toBe("answer");
    expect(await first(read())).toBe("answer");
    expect(circuits(world.heard).at(-1)).toEqual({ state: "closed" });
    expect(circuits(world.heard)).toHaveLength(2);
    expect(world.sent).toHaveLength(3);
  });

  test("stays open for the whole wait when a write was flooded", async () => {
    const world = guarded(once(floodWait(7200, "method", "messages.sendMessage")));
    const chain = world.process(withoutRetries);
    await expect(chain(writeOf())).rejects.toThrow();
    expect(circuits(world.heard)).toMatchObject([{ forMs: 2 * HOUR_MS }]);
    await expect(chain(read())).rejects.toMatchObject({ details: { retryAfterMs: 2 * HOUR_MS } });
  });

  test("opens on many short floods in a row", async () => {
    const world = guarded((_, nth) => {
      if (nth <= 5) throw floodWait(1);
      return "answer";
    });
    const chain = world.process(withoutRetries);
    for (let count = 0; count < 5; count++) {
      await expect(chain(callOf())).rejects.toMatchObject({ code: "flood_wait" });
      await world.clock.advance(1000);
    }
    await expect(chain(read())).rejects.toMatchObject({ code: "circuit_open", details: { reason: "many_floods" } });
  });

  test("obeys its options", async () => {
    const world = guarded((_, nth) => {
      if (nth <= 2) throw floodWait(20);
      return "answer";
    });
    const options = { floodThresholdMs: 0, cooldownMs: 5000, floodSeries: { count: 2, withinMs: 60_000 } };
    const chain = world.process({ ...withoutRetries, ...options });
    await expect(chain(callOf())).rejects.toThrow();
    expect(await health(world)).toMatchObject({ status: "throttled" });
    await world.clock.advance(20_000);
    await expect(chain(callOf())).rejects.toThrow();
    expect(circuits(world.heard)).toMatchObject([{ reason: "many_floods", forMs: 5000 }]);
  });

  test("is not called closed by what was under way when it opened", async () => {
    let answer: (value: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const world = guarded(({ method }) => {
      if (method === "messages.getHistory") throw floodWait(600);
      return slow;
    });
    const chain = world.process(withoutRetries);
    const underWay = chain(read());
    await expect(chain(callOf())).rejects.toThrow();
    answer("answer");
    await underWay;
    expect(circuits(world.heard)).toMatchObject([{ state: "open" }]);
  });

  test("ends the retries of a call: nobody knocks on a closed door", async () => {
    const world = guarded(once(floodWait(300)));
    const result = outcomeOf(world.process()(callOf()));
    await world.clock.advance(301_000);
    expect(result.error()).toMatchObject({ code: "circuit_open", details: { retryAfterMs: 599_000 } });
    expect(world.sent).toHaveLength(1);
  });

  test("opens for writes alone on PEER_FLOOD, and a read does not call it closed", async () => {
    const world = guarded(once(telegramError("PEER_FLOOD")));
    const chain = world.process();
    await expect(chain(writeOf())).rejects.toMatchObject({ code: "telegram_error" });
    await expect(chain(writeOf())).rejects.toMatchObject({
      code: "circuit_open",
      details: { reason: "peer_flood", name: "PEER_FLOOD", retryAfterMs: 24 * HOUR_MS },
    });
    expect(await chain(read())).toBe("answer");
    expect(circuits(world.heard)).toHaveLength(1);
    await world.clock.advance(24 * HOUR_MS);
    await chain(writeOf());
    expect(circuits(world.heard)).toHaveLength(2);
  });

  test("that is open for everything and for writes is closed when both are", async () => {
    const world = guarded((_, nth) => {
      if (nth === 1) throw telegramError("PEER_FLOOD");
      if (nth === 2) throw floodWait(600);
      return "answer";
    });
    const chain = world.process(withoutRetries);
    await expect(chain(writeOf())).rejects.toThrow();
    await expect(chain(callOf())).rejects.toThrow();
    await world.clock.advance(900_000);
    await chain(read());
    expect(circuits(world.heard)).toMatchObject([{ state: "open" }, { state: "open" }]);
    await world.clock.advance(24 * HOUR_MS);
    await chain(writeOf());
    expect(circuits(world.heard)).toHaveLength(3);
  });
});

describe("Health tells", () => {
  test("healthy of an account that was never used, and writes nothing for it", async () => {
    const world = guarded();
    expect(await health(world)).toEqual({
      status: "healthy",
      allows: { reads: true, writes: true },
      stopped: false,
      holds: [],
    });
  });

  test("throttled, and what is held for how long", async () => {
    const world = guarded(once(floodWait(30, "chat", "messages.sendMessage")));
    await expect(world.process(withoutRetries)(writeOf({ chat: "7" }))).rejects.toThrow();
    await world.clock.advance(10_000);
    expect(await health(world)).toEqual({
      status: "throttled",
      allows: { reads: true, writes: true },
      stopped: false,
      holds: [{ scope: "messages.sendMessage@7", name: "SLOWMODE_WAIT_30", forMs: 20_000 }],
    });
    await world.clock.advance(20_000);
    expect((await health(world)).status).toBe("healthy");
  });

  test("limited for everything after a long flood", async () => {
    const world = guarded(once(floodWait(600)));
    await expect(world.process(withoutRetries)(callOf())).rejects.toThrow();
    expect(await health(world)).toEqual({
      status: "limited",
      allows: { reads: false, writes: false },
      stopped: false,
      reason: "long_flood",
      name: "FLOOD_WAIT_600",
      retryAfterMs: 900_000,
      holds: [{ scope: "messages.getHistory", name: "FLOOD_WAIT_600", forMs: 600_000 }],
    });
  });

  test("limited for writes after PEER_FLOOD", async () => {
    const world = guarded(once(telegramError("PEER_FLOOD")));
    await expect(world.process()(writeOf())).rejects.toThrow();
    expect(await health(world)).toMatchObject({
      status: "limited",
      allows: { reads: true, writes: false },
      reason: "peer_flood",
      retryAfterMs: 24 * HOUR_MS,
    });
  });

  test("limited until the last of both circuits closes", async () => {
    const world = guarded((_, nth) => {
      throw nth === 1 ? telegramError("PEER_FLOOD") : floodWait(600);
    });
    const chain = world.process(withoutRetries);
    for (const call of [writeOf(), callOf()]) await expect(chain(call)).rejects.toThrow();
    const nothing = { reads: false, writes: false };
    expect(await health(world)).toMatchObject({ allows: nothing, retryAfterMs: 24 * HOUR_MS });
    await world.clock.advance(HOUR_MS);
    expect(await health(world)).toMatchObject({ allows: { reads: true, writes: false }, retryAfterMs: 23 * HOUR_MS });
  });

  test.each([
    ["frozen", telegramError("FROZEN_METHOD_INVALID")],
    ["dead", sessionDead("USER_DEACTIVATED_BAN")],
  ] as const)("%s, for which there is no waiting, until a person closes the circuit", async (status, error) => {
    const world = guarded(once(error));
    const chain = world.process();
    await expect(chain(callOf())).rejects.toBe(error);
    const told = await health(world);
    expect(told).toMatchObject({ status, allows: { reads: false, writes: false }, reason: status });
    expect("retryAfterMs" in told).toBe(false);
    const refused: unknown = await chain(read()).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code: "circuit_open", details: { reason: status } });
    expect(refused).not.toHaveProperty("details.retryAfterMs");
    expect(circuits(world.heard)).not.toHaveProperty("0.forMs");

    await resetCircuits(world.store, "1");
    expect((await health(world)).status).toBe("healthy");
    expect(await chain(read())).toBe("answer");
    expect(circuits(world.heard).at(-1)).toEqual({ state: "closed" });
  });

  test("nothing of a session that died: another one may take its place", async () => {
    const world = guarded(once(sessionDead("AUTH_KEY_UNREGISTERED")));
    await expect(world.process()(callOf())).rejects.toThrow();
    expect((await health(world)).status).toBe("healthy");
  });
});
