import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { manualClock } from "tg-guarded/testing";
import type { Call } from "../../src/call.js";
import { compose } from "../../src/chain.js";
import { abortReason } from "../../src/clock.js";
import { timeout } from "../../src/guards/timeout.js";
import { callOf, outcomeOf, script, transportOf } from "../support/calls.js";

/** Never answers; ends when its signal aborts, as the real transport does. */
const silent = transportOf(
  ({ signal }: Call) =>
    new Promise((_resolve, reject) => {
      if (signal.aborted) reject(abortReason(signal));
      signal.addEventListener("abort", () => {
        reject(abortReason(signal));
      });
    }),
);

function setUp(transport = silent, timeoutMs = 30_000) {
  const clock = manualClock();
  return { clock, chain: compose([timeout({ clock, timeoutMs })], transport) };
}

describe("The timeout of an attempt", () => {
  test("ends an attempt that gets no answer, and says that nobody knows whether it was applied", async () => {
    const { clock, chain } = setUp();
    const result = outcomeOf(chain(callOf()));
    await clock.advance(29_999);
    expect(result.state()).toBe("pending");
    await clock.advance(1);
    expect(result.error()).toMatchObject({
      code: "timeout",
      details: { method: "messages.getHistory", timeoutMs: 30_000 },
      applied: "unknown",
    });
    expect(clock.pending).toBe(0);
  });

  test("gives its signal also to work that asks for it late: aborted when the attempt is over", async () => {
    let seen: Call | undefined;
    const { clock, chain } = setUp(
      transportOf((call: Call) => {
        seen = call;
        return new Promise(() => undefined);
      }),
    );
    const result = outcomeOf(chain(callOf()));
    await clock.advance(30_000);
    await new Promise(setImmediate);
    expect(result.error()).toMatchObject({ code: "timeout" });
    expect(seen?.signal.aborted).toBe(true);
    expect(seen?.signal.reason).toBe(result.error());
    expect({ ...seen }.signal).toBe(seen?.signal);
  });

  test("is shorter when the call's deadline comes first, and strikes at once when it has passed", async () => {
    const { clock, chain } = setUp();
    const result = outcomeOf(chain(callOf({ deadline: clock.now() + 1000 })));
    const tooLate = outcomeOf(chain(callOf({ deadline: clock.now() - 1 })));
    await clock.advance(0);
    expect([result.state(), tooLate.state()]).toEqual(["pending", "failed"]);
    await clock.advance(1000);
    expect(result.error()).toMatchObject({ code: "timeout", details: { timeoutMs: 1000 } });
  });

  test("leaves neither timer nor listener after an answer, an error or an abort", async () => {
    const { signal } = new AbortController();
    for (const transport of [script("answer"), script(new Error("no"))]) {
      const { clock, chain } = setUp(transport);
      await chain(callOf({ signal })).catch(() => undefined);
      expect([clock.pending, getEventListeners(signal, "abort").length]).toEqual([0, 0]);
    }
    const controller = new AbortController();
    const { clock, chain } = setUp();
    const result = outcomeOf(chain(callOf({ signal: controller.signal })));
    await clock.advance(1000);
    const reason = new Error("enough");
    controller.abort(reason);
    await clock.advance(0);
    expect(result.error()).toBe(reason);
    expect([clock.pending, getEventListeners(controller.signal, "abort").length]).toEqual([0, 0]);
  });

  test("leaves no timer when a guard beneath it throws before it returns a promise", async () => {
    const clock = manualClock();
    const broken = (): never => {
      throw new TypeError("a guard of the application is broken");
    };
    const chain = compose([timeout({ clock }), broken], script("answer"));
    await expect(chain(callOf())).rejects.toThrow(TypeError);
    expect(clock.pending).toBe(0);
  });

  test("hands a signal that has aborted already on with its reason", async () => {
    const { clock, chain } = setUp();
    const reason = new Error("long ago");
    await expect(chain(callOf({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });
});
