import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import type { Next } from "../../src/chain.js";
import { compose } from "../../src/chain.js";
import { retry, type RetryOptions } from "../../src/guards/retry.js";
import { manualClock } from "tg-guarded/testing";
import { callOf, connectionLost, floodWait, listening, outcomeOf, refusal, script } from "../support/calls.js";

function setUp(transport: Next, options: Partial<RetryOptions> = {}) {
  const clock = manualClock();
  const { events, heard } = listening();
  return { clock, heard, chain: compose([retry({ clock, events, ...options })], transport) };
}

const waits = (heard: ReturnType<typeof listening>["heard"]): unknown[] =>
  heard.map(({ name, event }) => [name, "waitMs" in event ? event.waitMs : undefined]);

describe("Retry", () => {
  test("leaves a call that succeeds alone", async () => {
    const transport = script("answer");
    const { chain, clock, heard } = setUp(transport);
    expect(await chain(callOf())).toBe("answer");
    expect([transport.calls.length, heard.length, clock.pending]).toEqual([1, 0, 0]);
  });

  test("waits as long as Telegram asks and a little more, and says so before the wait begins", async () => {
    const transport = script(floodWait(5), "answer");
    const { chain, clock, heard } = setUp(transport);
    const result = chain(callOf());
    await clock.advance(0);
    expect(heard).toEqual([
      {
        name: "wait",
        event: {
          method: "messages.getHistory",
          reason: "retry",
          waitMs: 6000,
          text: "Telegram asks to wait 5 s for messages.getHistory",
        },
      },
    ]);
    await clock.advance(5999);
    expect(transport.calls).toHaveLength(1);
    await clock.advance(1);
    expect(await result).toBe("answer");
    expect(clock.pending).toBe(0);
  });

  test("tries three times more, each time a little later, and then gives the last error", async () => {
    const errors = [floodWait(1), floodWait(2), floodWait(3), floodWait(4)];
    const transport = script(...errors);
    const { chain, clock, heard } = setUp(transport);
    const result = outcomeOf(chain(callOf()));
    await clock.advance(1000 + 1000 + 2000 + 2000 + 3000 + 4000);
    expect(result.error()).toBe(errors[3]);
    expect(transport.calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(waits(heard)).toEqual([
      ["wait", 2000],
      ["wait", 4000],
      ["wait", 7000],
    ]);
  });

  test("tries as often as it was told, not at all for 0", async () => {
    for (const attempts of [0, 1, 5]) {
      const transport = script(connectionLost("no"));
      const { chain, clock } = setUp(transport, { attempts });
      const result = outcomeOf(chain(callOf()));
      await clock.advance(1_000_000);
      expect([result.state(), transport.calls.length]).toEqual(["failed", attempts + 1]);
    }
  });

  test("does not begin a wait that ends after the deadline", async () => {
    const transport = script(floodWait(5), "answer");
    const { chain, clock, heard } = setUp(transport);
    const late = chain(callOf({ deadline: clock.now() + 5999 }));
    await expect(late).rejects.toMatchObject({ code: "flood_wait", details: { retryAfterMs: 5000 } });
    expect([heard.length, clock.pending]).toEqual([0, 0]);

    const inTime = setUp(script(floodWait(5), "answer"));
    const result = inTime.chain(callOf({ deadline: inTime.clock.now() + 6000 }));
    await inTime.clock.advance(6000);
    expect(await result).toBe("answer");
  });

  test("does not try again what Telegram refused for good, nor what is no error of ours", async () => {
    for (const error of [refusal("PEER_ID_INVALID"), new TypeError("a fault in the program")]) {
      const transport = script(error, "answer");
      await expect(setUp(transport).chain(callOf())).rejects.toBe(error);
      expect(transport.calls).toHaveLength(1);
    }
  });

  test("stops at a final error in the middle", async () => {
    const transport = script(connectionLost("no"), refusal("CHANNEL_PRIVATE"), "answer");
    const { chain, clock } = setUp(transport);
    const result = outcomeOf(chain(callOf()));
    await clock.advance(60_000);
    expect(result.error()).toMatchObject({ code: "telegram_error", applied: "no" });
    expect(transport.calls).toHaveLength(2);
  });
});

describe("When nobody knows whether a request took effect", () => {
  test("what must not be repeated is not", async () => {
    const transport = script(connectionLost("unknown"), "answer");
    await expect(setUp(transport).chain(callOf({ replay: "unsafe" }))).rejects.toMatchObject({ applied: "unknown" });
    expect(transport.calls).toHaveLength(1);
  });

  test("what must not be repeated is tried again after an attempt that surely had no effect", async () => {
    const transport = script(connectionLost("no"), floodWait(1), "answer");
    const { chain, clock } = setUp(transport);
    const result = chain(callOf({ replay: "unsafe" }));
    await clock.advance(10_000);
    expect(await result).toBe("answer");
  });

  test("what is safe to repeat is, and the doubt stays in the error that ends it", async () => {
    const last = refusal("CHAT_WRITE_FORBIDDEN");
    const transport = script(connectionLost("unknown"), floodWait(1), last);
    const { chain, clock } = setUp(transport);
    const result = outcomeOf(chain(callOf({ replay: "safe" })));
    await clock.advance(60_000);
    expect(result.error()).toMatchObject({ code: "telegram_error", applied: "unknown", cause: last });
    expect(transport.calls).toHaveLength(3);
  });

  test("a later success clears the doubt", async () => {
    const { chain, clock } = setUp(script(connectionLost("unknown"), "answer"));
    const result = chain(callOf({ replay: "safe" }));
    await clock.advance(60_000);
    expect(await result).toBe("answer");
  });

  test("an answer that tells it was applied stays as it is", async () => {
    const { chain, clock } = setUp(script(connectionLost("unknown"), new Error("no GuardError")));
    const result = outcomeOf(chain(callOf({ replay: "safe" })));
    await clock.advance(60_000);
    expect(result.error()).toEqual(new Error("no GuardError"));
  });
});

test("An abort ends the wait at once with the caller's reason, and leaves neither timer nor listener", async () => {
  const transport = script(floodWait(3600), "answer");
  const { chain, clock } = setUp(transport);
  const controller = new AbortController();
  const result = outcomeOf(chain(callOf({ signal: controller.signal })));
  await clock.advance(1000);
  expect([result.state(), clock.pending]).toEqual(["pending", 1]);

  const reason = new Error("the user pressed Ctrl-C");
  controller.abort(reason);
  await clock.advance(0);

  expect(result.error()).toBe(reason);
  expect(clock.pending).toBe(0);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  await clock.advance(4_000_000);
  expect(transport.calls).toHaveLength(1);
});

test("A call that went through many waits leaves no listener on its signal", async () => {
  const { chain, clock } = setUp(script(floodWait(1), floodWait(1), "answer"));
  const { signal } = new AbortController();
  const result = chain(callOf({ signal }));
  await clock.advance(60_000);
  await result;
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});
