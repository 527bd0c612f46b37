import { describe, expect, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { manualClock } from "tg-guarded/testing";
import { compose, type Guard, type Next } from "../../src/chain.js";
import { abortReason } from "../../src/clock.js";
import { defaultChain } from "../../src/guards/default-chain.js";
import { Metrics } from "../../src/metrics.js";
import { callOf, floodWait, listening, outcomeOf, requestOf, script, transportOf } from "../support/calls.js";

function setUp(transport: Next, limits: { readonly retryAttempts?: number; readonly timeoutMs?: number } = {}) {
  const clock = manualClock();
  const { events, heard } = listening();
  const metrics = new Metrics(events);
  const guards = defaultChain({
    store: memoryStore({ clock }),
    clock,
    events,
    metrics,
    classify: (method) => (method.startsWith("messages.get") ? "read" : undefined),
    ...limits,
  });
  return { clock, heard, metrics, guards, chain: compose(guards, transport) };
}

describe("The chain composes", () => {
  test("the first guard listed as the outermost one", async () => {
    const seen: string[] = [];
    const recording =
      (name: string): Guard =>
      async (call, next) => {
        seen.push(`${name} in`);
        const result = await next(call);
        seen.push(`${name} out`);
        return result;
      };
    await compose([recording("outer"), recording("inner")], script("answer"))(callOf());
    expect(seen).toEqual(["outer in", "inner in", "inner out", "outer out"]);
  });

  test("no guards at all to the transport itself", async () => {
    expect(await compose([], script("answer"))(callOf())).toBe("answer");
  });
});

describe("The default chain", () => {
  test("stands in the order observe, write guard, quota, retry, connected, admission, timeout", () => {
    const { guards } = setUp(script("answer"));
    expect(guards.map(({ name }) => name)).toEqual([
      "observe",
      "writeGuard",
      "quota",
      "retry",
      "connected",
      "admission",
      "timeout",
    ]);
  });

  test("counts a call once however often it is tried, and pays for each attempt", async () => {
    const transport = script(floodWait(1), floodWait(1), "answer");
    const { chain, clock, metrics } = setUp(transport);
    const result = chain(callOf());
    await clock.advance(60_000);
    expect(await result).toBe("answer");
    expect([metrics.snapshot().calls, metrics.snapshot().floodWaits, transport.calls.length]).toEqual([1, 2, 3]);
  });

  test("refuses before it waits, pays or sends", async () => {
    const transport = script("answer");
    const { chain, clock, heard, metrics } = setUp(transport);
    await expect(chain(callOf({ method: "messages.sendMessage" }))).rejects.toMatchObject({ code: "method_unknown" });
    expect([transport.calls.length, clock.pending, metrics.snapshot().failures]).toEqual([0, 0, { method_unknown: 1 }]);
    expect(heard.map(({ name }) => name)).toEqual(["refused"]);
  });

  test("times each attempt, not the waits between them", async () => {
    const silentOnce = transportOf(({ attempt, signal }) =>
      attempt > 1
        ? "answer"
        : new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => {
              reject(abortReason(signal));
            });
          }),
    );
    const { chain, clock } = setUp(silentOnce, { timeoutMs: 2000 });
    const result = outcomeOf(chain(callOf()));
    await clock.advance(2999);
    expect(result.state()).toBe("pending");
    await clock.advance(1);
    expect(result.state()).toBe("done");
  });

  test("waits out a flood once, not once in each guard", async () => {
    const began = { at: 0 };
    const sent: number[] = [];
    const { chain, clock } = setUp(
      transportOf(() => {
        sent.push(clock.now() - began.at);
        if (sent.length === 1) throw floodWait(10);
        return "answer";
      }),
    );
    began.at = clock.now();
    const result = chain(callOf());
    await clock.advance(60_000);
    await result;
    expect(sent).toEqual([0, 11_000]);
  });

  test("ends with the flood itself when no further attempt is allowed", async () => {
    const { chain, metrics } = setUp(script(floodWait(10)), { retryAttempts: 0 });
    await expect(chain(callOf())).rejects.toMatchObject({ code: "flood_wait" });
    expect(metrics.snapshot().failures).toEqual({ flood_wait: 1 });
  });

  test("lets no payload into what it tells and counts, whatever happens on the way", async () => {
    const secret = "the text of a message";
    const { chain, clock, heard, metrics } = setUp(script(floodWait(2), new Error(secret)));
    const result = outcomeOf(chain(callOf({ request: requestOf(secret) })));
    await clock.advance(60_000);
    expect(result.state()).toBe("failed");
    expect(heard.length).toBeGreaterThan(0);
    expect(JSON.stringify([heard, metrics.snapshot()])).not.toContain(secret);
  });

  test("leaves no timer behind when everything is over", async () => {
    const { chain, clock } = setUp(script(floodWait(2), "answer"));
    const calls = Array.from({ length: 20 }, () => chain(callOf()));
    await clock.advance(60_000);
    await Promise.all(calls);
    expect(clock.pending).toBe(0);
  });
});
