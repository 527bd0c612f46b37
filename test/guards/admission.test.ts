import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { manualClock } from "tg-guarded/testing";
import type { CallInit } from "../../src/call.js";
import type { Clock } from "../../src/clock.js";
import { compose, type Next } from "../../src/chain.js";
import { admission } from "../../src/guards/admission.js";
import type { BudgetOptions } from "../../src/guards/budgets.js";
import { excess } from "../support/budget-race.js";
import { callOf, floodWait, listening, outcomeOf, transportOf } from "../support/calls.js";

/** Two chains, as two processes have them, on one store; and when each request left. */
function setUp(answer: (method: string, nth: number) => unknown = () => "answer") {
  const clock = manualClock();
  const began = clock.now();
  const store = memoryStore({ clock });
  const { events, heard } = listening();
  const sent: (readonly [at: number, method: string])[] = [];
  const transport = transportOf((call) => {
    sent.push([clock.now() - began, call.method]);
    return answer(call.method, sent.length);
  });
  const chainOf = (budget: BudgetOptions = {}): Next =>
    compose([admission({ store, clock, events, ...budget })], transport);
  let updates = 0;
  const counted = { ...store, update: ((...all) => (updates++, store.update(...all))) as typeof store.update };
  const countedChain = compose([admission({ store: counted, clock, events })], transport);
  return {
    clock,
    began,
    heard,
    sent,
    chainOf,
    chain: chainOf(),
    other: chainOf(),
    countedChain,
    updates: () => updates,
  };
}

const times = (sent: readonly (readonly [number, string])[]): number[] => sent.map(([at]) => at);

describe("Admission", () => {
  test("lets eight requests go at once and then four a second, over all chains of a store", async () => {
    const { chain, other, clock, sent } = setUp();
    const calls = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? chain : other)(callOf()));
    await clock.advance(10_000);
    await Promise.all(calls);
    expect(times(sent)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000]);
  });

  test("takes another slot where the process wakes long after its own, so that no crowd sends at once", async () => {
    const clock = manualClock();
    const began = clock.now();
    const store = memoryStore({ clock });
    // The machine is overloaded: whatever the first seconds should wake wakes at once, much later.
    const late: Clock = {
      ...clock,
      after: (ms, act) => clock.after(clock.now() - began < 1000 ? 6000 - (clock.now() - began) : ms, act),
    };
    const sent: number[] = [];
    const transport = transportOf(() => sent.push(clock.now() - began));
    const chain = compose([admission({ store, clock: late, events: listening().events })], transport);
    const calls = Array.from({ length: 24 }, () => chain(callOf()));
    await clock.advance(30_000);
    await Promise.all(calls);
    expect(sent).toHaveLength(24);
    expect(excess(sent)).toBeLessThanOrEqual(0);
  });

  test("keeps the accounts of one store apart", async () => {
    const { chain, clock, sent } = setUp();
    const calls = Array.from({ length: 20 }, (_, index) => chain(callOf({ account: String(index % 4) })));
    await clock.advance(0);
    await Promise.all(calls);
    expect(sent).toHaveLength(20);
  });

  test("costs one update of the store for each attempt and none for its success", async () => {
    const { countedChain, clock, updates } = setUp();
    const calls = Array.from({ length: 5 }, () => countedChain(callOf()));
    await clock.advance(0);
    await Promise.all(calls);
    expect(updates()).toBe(5);
  });

  test("tells of waits of a second and more before they begin, and not of the rhythm", async () => {
    const { chain, clock, heard } = setUp();
    const calls = Array.from({ length: 12 }, () => chain(callOf()));
    await clock.advance(0);
    expect(heard).toEqual([
      {
        name: "wait",
        event: {
          method: "messages.getHistory",
          reason: "rate",
          waitMs: 1000,
          text: "The budget of requests is used up: messages.getHistory waits for its turn",
        },
      },
    ]);
    await clock.advance(1000);
    await Promise.all(calls);
  });

  test("refuses at once what cannot leave before its deadline, and reserves nothing for it", async () => {
    const { chain, clock, sent } = setUp();
    const first = Array.from({ length: 10 }, () => chain(callOf()));
    await clock.advance(0);
    const late = chain(callOf({ deadline: clock.now() + 749 }));
    await expect(late).rejects.toMatchObject({
      code: "rate_limited",
      details: { method: "messages.getHistory", retryAfterMs: 750, reason: "rate" },
      applied: "no",
    });
    const inTime = chain(callOf({ deadline: clock.now() + 750 }));
    await clock.advance(750);
    await Promise.all([...first, inTime]);
    expect(times(sent).at(-1)).toBe(750);
  });
});

describe("After a FLOOD_WAIT", () => {
  const flooded = () =>
    setUp((method, nth) => {
      if (nth === 1) throw floodWait(30, "method", method);
      return "answer";
    });

  test("that method waits exactly as long as asked, in every chain of the store, and the others do not", async () => {
    const { chain, other, clock, sent, heard } = flooded();
    await expect(chain(callOf())).rejects.toMatchObject({ code: "flood_wait" });
    expect(heard).toContainEqual({
      name: "flood",
      event: { method: "messages.getHistory", name: "FLOOD_WAIT_30", scope: "method", waitMs: 30_000 },
    });
    const held = [chain(callOf()), other(callOf())];
    const free = other(callOf({ method: "messages.getDialogs" }));
    await clock.advance(29_999);
    expect(sent).toEqual([
      [0, "messages.getHistory"],
      [0, "messages.getDialogs"],
    ]);
    await clock.advance(1);
    await Promise.all([...held, free]);
    expect(times(sent)).toEqual([0, 0, 30_000, 30_000]);
  });

  test("a crowd that was held back does not break loose at its end", async () => {
    const { chain, clock, sent } = flooded();
    await expect(chain(callOf())).rejects.toThrow();
    const crowd = Array.from({ length: 12 }, () => chain(callOf()));
    await clock.advance(40_000);
    await Promise.all(crowd);
    expect(times(sent).slice(1)).toEqual([...Array.from({ length: 8 }, () => 30_000), 30_250, 30_500, 30_750, 31_000]);
  });

  test("who waits for a slot already looks once more before sending, and does not pay twice", async () => {
    let release = (): void => undefined;
    const { chain, clock, sent } = setUp((_, nth) => {
      if (nth !== 1) return "answer";
      return new Promise((_resolve, reject) => {
        release = () => {
          reject(floodWait(10));
        };
      });
    });
    const first = outcomeOf(chain(callOf()));
    const burst = Array.from({ length: 7 }, () => chain(callOf({ method: "messages.getDialogs" })));
    const waiting = chain(callOf());
    await clock.advance(100);
    release();
    await clock.advance(9999);
    expect(first.state()).toBe("failed");
    expect(sent).toHaveLength(8);
    await clock.advance(1);
    await Promise.all([...burst, waiting]);
    expect(sent.at(-1)).toEqual([10_100, "messages.getHistory"]);
  });

  test("who had a slot already does not break loose at its end either", async () => {
    const limits = { burst: 8, perSecond: 4 };
    const { chain, other, clock, sent } = setUp((method, nth) => {
      if (nth === 9) throw floodWait(30, "method", method);
      return "answer";
    });
    const burst = Array.from({ length: 8 }, () => chain(callOf({ method: "messages.getDialogs" })));
    const flooded = outcomeOf(chain(callOf()));
    const crowd = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? chain : other)(callOf()));
    await clock.advance(120_000);
    await Promise.all([...burst, ...crowd]);
    expect(flooded.state()).toBe("failed");
    const after = times(sent).slice(9);
    expect([after.length, after[0]]).toEqual([40, 30_250]);
    after.forEach((at, index) => {
      expect(index + 1).toBeLessThanOrEqual(limits.burst + (limits.perSecond * (at - 30_250)) / 1000);
    });
  });

  test("a call whose deadline comes sooner is refused at once and told when to come back", async () => {
    const { chain, clock } = flooded();
    await expect(chain(callOf())).rejects.toThrow();
    await clock.advance(1000);
    await expect(chain(callOf({ deadline: clock.now() + 28_999 }))).rejects.toMatchObject({
      code: "rate_limited",
      details: { retryAfterMs: 29_000, reason: "flood" },
    });
  });

  test("the hold outlives the process that met it", async () => {
    const { chain, other, clock, sent } = flooded();
    await expect(chain(callOf())).rejects.toThrow();
    const late = other(callOf());
    await clock.advance(30_000);
    await late;
    expect(times(sent)).toEqual([0, 30_000]);
  });
});

describe("After a SLOWMODE_WAIT", () => {
  test("that method waits in that chat alone", async () => {
    const send = (chat: string): Partial<CallInit<string>> => ({ method: "messages.sendMessage", chat });
    const { chain, clock, sent } = setUp((method, nth) => {
      if (nth === 1) throw floodWait(20, "chat", method);
      return "answer";
    });
    await expect(chain(callOf(send("7")))).rejects.toMatchObject({ details: { scope: "chat" } });
    const held = outcomeOf(chain(callOf(send("7"))));
    const others = [
      chain(callOf(send("8"))),
      chain(callOf({ chat: "7" })),
      chain(callOf({ method: "messages.sendMessage" })),
    ];
    await clock.advance(19_999);
    await Promise.all(others);
    expect([held.state(), sent.length]).toEqual(["pending", 4]);
    await clock.advance(1);
    expect(held.state()).toBe("done");
  });
});

describe("An abort", () => {
  test("gives the last slot back, and leaves neither timer nor listener", async () => {
    const { chain, clock, sent } = setUp();
    const first = Array.from({ length: 9 }, () => chain(callOf()));
    const controller = new AbortController();
    const aborted = outcomeOf(chain(callOf({ signal: controller.signal })));
    await clock.advance(0);
    const reason = new Error("enough");
    controller.abort(reason);
    await clock.advance(0);
    expect(aborted.error()).toBe(reason);
    expect(clock.pending).toBe(1);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    const next = chain(callOf());
    await clock.advance(500);
    await Promise.all([...first, next]);
    expect(times(sent).slice(-2)).toEqual([250, 500]);
  });

  test("before the start reserves nothing", async () => {
    const { countedChain, updates } = setUp();
    const reason = new Error("enough");
    await expect(countedChain(callOf({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    await expect(countedChain(callOf({ signal: AbortSignal.abort(reason), lane: "bulk" }))).rejects.toBe(reason);
    expect(updates()).toBe(0);
  });

  test("ends the wait for a hold at once", async () => {
    const { chain, clock } = setUp((_, nth) => {
      if (nth === 1) throw floodWait(240);
      return "answer";
    });
    await expect(chain(callOf())).rejects.toThrow();
    const controller = new AbortController();
    const held = outcomeOf(chain(callOf({ signal: controller.signal })));
    await clock.advance(1000);
    expect([held.state(), clock.pending]).toEqual(["pending", 1]);
    const reason = new Error("enough");
    controller.abort(reason);
    await clock.advance(0);
    expect([held.error(), clock.pending]).toEqual([reason, 0]);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });
});

describe("Bulk calls", () => {
  const bulk = (init: Partial<CallInit<string>> = {}) => callOf({ lane: "bulk", ...init });

  test("of one process reserve one slot at a time, so that an interactive call goes before the rest", async () => {
    const { chain, clock, sent } = setUp();
    const all = Array.from({ length: 8 + 10 }, () => chain(bulk({ method: "bulk" })));
    await clock.advance(0);
    const quick = chain(callOf({ method: "interactive" }));
    await clock.advance(10_000);
    await Promise.all([...all, quick]);
    expect(sent[9]).toEqual([500, "interactive"]);
    expect(sent).toHaveLength(19);
  });

  test("that are held back let bulk calls of other methods pass", async () => {
    const { chain, clock } = setUp((method, nth) => {
      if (nth === 1) throw floodWait(240, "method", method);
      return "answer";
    });
    await expect(chain(bulk())).rejects.toThrow();
    const held = outcomeOf(chain(bulk()));
    await clock.advance(0);
    const passing = outcomeOf(chain(bulk({ method: "upload.getFile" })));
    await clock.advance(0);
    expect([held.state(), passing.state()]).toEqual(["pending", "done"]);
    await clock.advance(240_000);
    expect(held.state()).toBe("done");
  });

  test("that wait for a budget of their own let bulk calls of other methods pass", async () => {
    const { clock, sent, chainOf } = setUp();
    const chain = chainOf({ methods: { "messages.getHistory": { requests: 1, perSeconds: 60 } } });
    const own = Array.from({ length: 3 }, () => chain(bulk()));
    await clock.advance(0);
    await chain(bulk({ method: "messages.getDialogs" }));
    expect(times(sent)).toEqual([0, 0]);
    await clock.advance(120_000);
    await Promise.all(own);
    expect(times(sent)).toEqual([0, 0, 60_000, 120_000]);
  });

  test("that are aborted while they wait for their turn end at once and hold nobody up", async () => {
    const { chain, clock } = setUp();
    const first = Array.from({ length: 9 }, () => outcomeOf(chain(bulk())));
    const controller = new AbortController();
    const aborted = outcomeOf(chain(bulk({ signal: controller.signal })));
    const last = outcomeOf(chain(bulk()));
    await clock.advance(0);
    controller.abort(new Error("enough"));
    await clock.advance(0);
    expect([aborted.state(), getEventListeners(controller.signal, "abort").length]).toEqual(["failed", 0]);
    await clock.advance(500);
    expect([...first, last].map(({ state }) => state())).toEqual(Array.from({ length: 10 }, () => "done"));
  });
});
