import { getEventListeners, setMaxListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { memoryStore, type StateStore } from "tg-guarded";
import type { CallInit } from "../../src/call.js";
import { GuardError } from "../../src/errors.js";
import type { ChainOptions } from "../../src/guards/default-chain.js";
import { callOf, connectionLost, floodWait, outcomeOf } from "../support/calls.js";
import { guarded, writeOf, type Guarded } from "../support/guarded.js";

interface Waiting {
  readonly why: string;
  readonly options?: Partial<ChainOptions> | ((world: Guarded) => Partial<ChainOptions>);
  readonly answer?: (nth: number) => unknown;
  /** How many calls come before, so that the next one has to wait. */
  readonly before: number;
  readonly call?: Partial<CallInit<string>>;
  readonly retries?: boolean;
}

const bulk = { lane: "bulk" } as const;
const never = new Promise<never>(() => undefined);
const oneAMinute = { methods: { "messages.getHistory": { requests: 1, perSeconds: 60 } } };

const PLACES: readonly Waiting[] = [
  { why: "a slot of the account", before: 9 },
  { why: "a slot of the account in bulk", before: 9, call: bulk },
  { why: "its turn among bulk calls", before: 12, call: bulk },
  { why: "a slot of its method", before: 2, options: oneAMinute },
  { why: "its turn for a slot of its method in bulk", before: 3, options: oneAMinute, call: bulk },
  {
    why: "a slot of its process",
    before: 9,
    options: ({ clock }) => ({ bucketStore: memoryStore({ clock }) }),
  },
  {
    why: "a flood to be over",
    before: 1,
    answer: (nth) => {
      if (nth === 1) throw floodWait(200);
      return "answer";
    },
  },
  {
    why: "another attempt after a flood",
    before: 0,
    retries: true,
    answer: () => {
      throw floodWait(200);
    },
  },
  {
    why: "another attempt after a fault",
    before: 0,
    retries: true,
    answer: () => {
      throw connectionLost("no");
    },
  },
];

describe("An abort ends the wait for", () => {
  test.each(PLACES)("$why at once, with its own reason, and leaves no timer and no listener", async (place) => {
    const world = guarded((_, nth) => place.answer?.(nth) ?? "answer");
    const given = typeof place.options === "function" ? place.options(world) : (place.options ?? {});
    const chain = world.process({ ...given, ...(place.retries === true ? {} : { retryAttempts: 0 }) });
    const others = new AbortController();
    setMaxListeners(0, others.signal);
    const before = Array.from({ length: place.before }, () =>
      outcomeOf(chain(callOf({ ...place.call, signal: others.signal }))),
    );
    await world.clock.advance(0);
    const controller = new AbortController();
    const waiting = outcomeOf(chain(callOf({ ...place.call, signal: controller.signal })));
    await world.clock.advance(0);
    expect(waiting.state()).toBe("pending");

    const reason = new Error("the user went away");
    controller.abort(reason);
    await world.clock.advance(0);
    expect(waiting.error()).toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);

    others.abort(reason);
    await world.clock.advance(0);
    for (const { state } of before) expect(state()).not.toBe("pending");
    expect([world.clock.pending, getEventListeners(others.signal, "abort").length]).toEqual([0, 0]);
  });

  test("a slot even when the store fails at that moment: what cannot be given back is lost", async () => {
    const world = guarded();
    let broken = false;
    const store: StateStore = {
      ...world.store,
      update: (...all) =>
        broken
          ? Promise.reject(
              new GuardError("store_unavailable", "Gone.", { details: { store: "memory" }, nextStep: "Wait." }),
            )
          : world.store.update(...all),
    };
    const chain = world.process({ store });
    const burst = Array.from({ length: 8 }, () => chain(callOf()));
    const controller = new AbortController();
    const waiting = outcomeOf(chain(callOf({ signal: controller.signal })));
    await Promise.all(burst);
    broken = true;
    const reason = new Error("the user went away");
    controller.abort(reason);
    await world.clock.advance(0);
    expect(waiting.error()).toBe(reason);
  });
});

test("A call that is never answered ends with its deadline and leaves nothing behind", async () => {
  const world = guarded(() => never);
  const chain = world.process({ retryAttempts: 0 });
  // This transport does not even listen to its signal.
  const late = outcomeOf(chain(callOf({ deadline: world.clock.now() + 60_000 })));
  await world.clock.advance(30_000);
  expect(late.error()).toMatchObject({ code: "timeout", applied: "unknown" });
  expect(world.clock.pending).toBe(0);
});

describe("When somebody sets the clock back an hour", () => {
  const HOUR_MS = 3_600_000;

  test("who waits for a slot goes on waiting for as long as before, and no stampede follows", async () => {
    const world = guarded();
    const [chain, other] = [world.process(), world.process()];
    const calls = Array.from({ length: 12 }, () => chain(callOf()));
    await world.clock.advance(0);
    world.clock.set(world.clock.now() - HOUR_MS);
    const more = Array.from({ length: 20 }, () => other(callOf()));
    await world.clock.advance(6000);
    await Promise.all([...calls, ...more]);
    // The transport's stamps are the clock's, which lies an hour back now.
    const at = world.sent.map(([time]) => (time < 0 ? time + HOUR_MS : time));
    expect(at).toEqual(Array.from({ length: 32 }, (_, index) => Math.max(0, (index - 7) * 250)));
  });

  test("a flood is waited out for as long as Telegram asked, in every process", async () => {
    const world = guarded((_, nth) => {
      if (nth === 1) throw floodWait(100);
      return "answer";
    });
    const [chain, other] = [world.process({ retryAttempts: 0 }), world.process()];
    await expect(chain(callOf())).rejects.toThrow();
    await world.clock.advance(40_000);
    const early = outcomeOf(chain(callOf()));
    await world.clock.advance(0);
    world.clock.set(world.clock.now() - HOUR_MS);
    const late = outcomeOf(other(callOf()));
    await world.clock.advance(59_999);
    expect([early.state(), late.state()]).toEqual(["pending", "pending"]);
    // What was written at the flood is all that is known after the jump: at most its whole length is waited again.
    await world.clock.advance(40_001);
    expect([early.state(), late.state()]).toEqual(["done", "done"]);
  });

  test("an open circuit ends in its time, and a quota neither starts anew nor lasts longer than its day", async () => {
    const world = guarded((_, nth) => {
      if (nth === 1) throw floodWait(600);
      return "answer";
    });
    world.clock.set(Date.parse("2025-06-02T00:30:00Z"));
    const chain = world.process({ retryAttempts: 0, quotas: { directMessages: 1 } });
    await expect(chain(callOf())).rejects.toThrow();
    world.clock.set(world.clock.now() - HOUR_MS);
    await expect(chain(callOf())).rejects.toMatchObject({ details: { retryAfterMs: 900_000 } });
    await world.clock.advance(900_000);
    await chain(writeOf({ quota: "dm" }));
    world.clock.set(world.clock.now() - HOUR_MS);
    await expect(chain(writeOf({ quota: "dm" }))).rejects.toMatchObject({ code: "quota_exceeded" });
    await world.clock.advance(2 * 24 * HOUR_MS);
    await chain(writeOf({ quota: "dm" }));
  });
});
