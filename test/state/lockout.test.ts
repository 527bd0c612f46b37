import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noteAttempt, type LockoutState } from "../../src/state/lockout.js";
import { KeptRecord } from "./kept-record.js";

const RULE = { attempts: 3, lockMs: 1000 };
const step = fc.oneof(
  fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 1500 }) }),
  fc.record({ kind: fc.constantFrom("right" as const, "wrong" as const), ms: fc.constant(0) }),
);

describe("The lock", () => {
  it("lets nobody hear more than so many wrong answers in a lock's time, and opens again", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const record = new KeptRecord<LockoutState>();
        const heard: number[] = [];
        let passed = 0;
        for (const { kind, ms } of steps) {
          passed += ms;
          record.now += ms;
          if (kind === "pass") continue;
          const { lockedMs } = record.run(noteAttempt(kind, RULE));
          const recent = heard.filter((at) => passed - at < RULE.lockMs).length;
          if (lockedMs === 0 && kind === "wrong") heard.push(passed);
          expect(lockedMs).toBeLessThanOrEqual(RULE.lockMs);
          expect(recent).toBeLessThan(RULE.attempts);
        }
        record.now += RULE.lockMs;
        expect(record.run(noteAttempt("right", RULE)).lockedMs).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("does not open sooner or last longer when somebody sets the clock back", () => {
    const record = new KeptRecord<LockoutState>();
    for (let wrong = 0; wrong < RULE.attempts; wrong++) record.run(noteAttempt("wrong", RULE));
    record.now -= 1_000_000;
    for (const lockedMs of [RULE.lockMs, RULE.lockMs / 2, 0]) {
      expect(record.run(noteAttempt("right", RULE)).lockedMs).toBe(lockedMs);
      record.now += RULE.lockMs / 2;
    }
  });

  it("forgets wrong answers in its own time after somebody has set the clock back", () => {
    const record = new KeptRecord<LockoutState>();
    for (let wrong = 1; wrong < RULE.attempts; wrong++) record.run(noteAttempt("wrong", RULE));
    record.now -= 1_000_000;
    record.run(noteAttempt("right", RULE));
    record.now += RULE.lockMs;
    expect(record.run(noteAttempt("wrong", RULE)).lockedMs).toBe(0);
  });
});
