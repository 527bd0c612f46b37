import { describe, expect, test } from "vitest";
import { manualClock } from "tg-guarded/testing";
import { compose, type Next } from "../../src/chain.js";
import { GuardError, type ErrorCode } from "../../src/errors.js";
import { observe } from "../../src/guards/observe.js";
import { Metrics } from "../../src/metrics.js";
import { callOf, connectionLost, listening, requestOf, script, transportOf } from "../support/calls.js";

function setUp(transport: Next, clock = manualClock()) {
  const { events, heard } = listening();
  const metrics = new Metrics(events);
  return { clock, heard, metrics, events, chain: compose([observe({ clock, events, metrics })], transport) };
}

const refuse = (code: "write_denied" | "login_denied" | "method_unknown" | "claim_mismatch"): GuardError =>
  new GuardError(code, "Refused.", { details: { method: "messages.getHistory" }, nextStep: "Do not." });
const limited = new GuardError("rate_limited", "Too soon.", {
  details: { method: "messages.getHistory", retryAfterMs: 1, reason: "rate" },
  nextStep: "Wait.",
});
const spent = new GuardError("quota_exceeded", "Enough for today.", {
  details: { method: "messages.getHistory", quota: "dm", limit: 20, left: 0, retryAfterMs: 1 },
  nextStep: "Wait.",
});
const broken = new GuardError("circuit_open", "Not now.", {
  details: { method: "messages.getHistory", reason: "long_flood", name: "FLOOD_WAIT_600", retryAfterMs: 1 },
  nextStep: "Wait.",
});

describe("Observe", () => {
  test("counts every call, and every failure by its code", async () => {
    const { chain, metrics } = setUp(script("answer", connectionLost("no"), connectionLost("no"), new Error("other")));
    expect(await chain(callOf())).toBe("answer");
    for (let count = 0; count < 3; count++) await expect(chain(callOf())).rejects.toThrow();
    const { calls, failures } = metrics.snapshot();
    expect([calls, failures]).toEqual([4, { connection_lost: 2, failed: 1 }]);
  });

  test("hands answers and errors on untouched", async () => {
    const answer = { messages: [] };
    const error = connectionLost("unknown");
    const { chain } = setUp(script(answer, error));
    expect(await chain(callOf())).toBe(answer);
    await expect(chain(callOf())).rejects.toBe(error);
  });

  test("measures how long a call took, waits included", async () => {
    const clock = manualClock();
    const slow = transportOf(
      () =>
        new Promise((resolve) => {
          clock.after(300, () => {
            resolve("answer");
          });
        }),
    );
    const { chain, metrics } = setUp(slow, clock);
    const result = chain(callOf());
    await clock.advance(300);
    await result;
    const counts = new Map(metrics.snapshot().latency.map(({ le, count }) => [le, count]));
    expect([counts.get("0.25"), counts.get("0.5")]).toEqual([0, 1]);
  });

  test.each<[ErrorCode, GuardError]>([
    ["write_denied", refuse("write_denied")],
    ["login_denied", refuse("login_denied")],
    ["method_unknown", refuse("method_unknown")],
    ["claim_mismatch", refuse("claim_mismatch")],
    ["rate_limited", limited],
    ["quota_exceeded", spent],
    ["circuit_open", broken],
  ])("tells of a refusal with %s", async (code, error) => {
    const { chain, heard } = setUp(script(error));
    await expect(chain(callOf())).rejects.toBe(error);
    expect(heard).toEqual([{ name: "refused", event: { method: "messages.getHistory", code } }]);
  });

  test("does not call a refusal what only failed", async () => {
    const { chain, heard } = setUp(script(connectionLost("no"), new Error("other")));
    for (let count = 0; count < 2; count++) await expect(chain(callOf())).rejects.toThrow();
    expect(heard).toEqual([]);
  });

  test("lets nothing of what is sent or answered into metrics or events", async () => {
    const secret = "the text of a message";
    const failing = new GuardError("write_denied", secret, {
      details: { method: "messages.sendMessage" },
      nextStep: secret,
    });
    const { chain, heard, metrics } = setUp(script(secret, failing, new Error(secret)));
    const call = callOf({ request: requestOf(secret), chat: secret });
    await chain(call);
    for (let count = 0; count < 2; count++) await expect(chain(call)).rejects.toThrow();
    expect(JSON.stringify([heard, metrics.snapshot()])).not.toContain(secret);
  });
});
