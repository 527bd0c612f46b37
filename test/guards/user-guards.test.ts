import { expect, test } from "vitest";
import type { Guard } from "../../src/chain.js";
import { callOf, connectionLost, floodWait, outcomeOf } from "../support/calls.js";
import { guarded, writeOf } from "../support/guarded.js";

test("An application's guards run once around each call, and once for each attempt", async () => {
  const seen: string[] = [];
  const recording =
    (name: string): Guard =>
    async (call, next) => {
      seen.push(`${name} ${call.attempt}`);
      return next(call);
    };
  const world = guarded((_, nth) => {
    if (nth === 1) throw connectionLost("no");
    if (nth === 2) throw floodWait(1);
    return "answer";
  });
  const guards = { around: [recording("outer"), recording("inner")], perAttempt: [recording("attempt")] };
  const result = outcomeOf(world.process({ guards })(callOf()));
  await world.clock.advance(60_000);
  expect(result.state()).toBe("done");
  expect(seen).toEqual(["outer 1", "inner 1", "attempt 1", "attempt 2", "attempt 3"]);
});

test("An application's guard for each attempt runs once the slot is there, not while it waits for it", async () => {
  const passed: number[] = [];
  const world = guarded();
  const began = world.clock.now();
  const stamp: Guard = (call, next) => {
    passed.push(world.clock.now() - began);
    return next(call);
  };
  const chain = world.process({ guards: { perAttempt: [stamp] } });
  const calls = Array.from({ length: 10 }, () => chain(callOf()));
  await world.clock.advance(10_000);
  await Promise.all(calls);
  expect(passed).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 250, 500]);
});

test("An application's guard sees nothing that the write guard refused, and may refuse by itself for free", async () => {
  const seen: string[] = [];
  const own = new Error("not on a Sunday");
  const guard: Guard = (call) => {
    seen.push(call.method);
    return Promise.reject(own);
  };
  const world = guarded();
  const chain = world.process({ guards: { around: [guard] } });
  await expect(chain(callOf({ method: "messages.sendMessage", kind: "write" }))).rejects.toMatchObject({
    code: "write_denied",
  });
  await expect(chain(writeOf({ quota: "dm" }))).rejects.toBe(own);
  expect([seen, world.sent]).toEqual([["messages.sendMessage"], []]);
  const records: string[] = [];
  for await (const [key] of world.store.entries("")) records.push(key);
  expect(records).toEqual([]);
});
