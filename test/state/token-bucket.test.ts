import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { returnSlot, takeSlot, type Rate, type Slot } from "../../src/state/token-bucket.js";

const rates: fc.Arbitrary<Rate> = fc.record({
  perSecond: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.05, max: 20, noNaN: true })),
  burst: fc.integer({ min: 1, max: 40 }),
});
/** Pauses between one ask and the next: mostly short, now and then a quiet time. */
const pauses = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60_000 })),
  {
    minLength: 1,
    maxLength: 120,
  },
);

const START = 1_700_000_000_000;

function grants(rate: Rate, waits: readonly number[]): readonly Slot[] {
  let now = START;
  let next = 0;
  return waits.map((pause) => {
    now += pause;
    const slot = takeSlot(next, rate, now);
    next = slot.to;
    return slot;
  });
}

describe("The token bucket", () => {
  test("never puts more than burst + rate * w into any window of w seconds", () => {
    fc.assert(
      fc.property(rates, pauses, (rate, waits) => {
        const times = grants(rate, waits).map(({ at }) => at);
        for (let first = 0; first < times.length; first++) {
          for (let last = first; last < times.length; last++) {
            const windowSeconds = ((times[last] ?? 0) - (times[first] ?? 0)) / 1000;
            const allowed = rate.burst + rate.perSecond * windowSeconds;
            // Milliseconds of our century leave a double about 2^-12 ms of room.
            expect(last - first + 1).toBeLessThanOrEqual(allowed + 0.001 * rate.perSecond + 1e-6);
          }
        }
      }),
    );
  });

  test("hands out slots in the order in which they were asked for, never in the past", () => {
    fc.assert(
      fc.property(rates, pauses, (rate, waits) => {
        let now = START;
        let before = -Infinity;
        grants(rate, waits).forEach(({ at }, index) => {
          now += waits[index] ?? 0;
          expect(at).toBeGreaterThanOrEqual(now);
          expect(at).toBeGreaterThanOrEqual(before);
          before = at;
        });
      }),
    );
  });

  test("lets the whole burst go at once after a quiet time, and the next one an interval later", () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 10_000_000 }), (rate, quietMs) => {
        const full = START + (rate.burst * 1000) / rate.perSecond + quietMs;
        let next = START;
        for (let index = 0; index < rate.burst; index++) {
          const slot = takeSlot(next, rate, full);
          expect(slot.at - full).toBeLessThan(0.01);
          next = slot.to;
        }
        expect(takeSlot(next, rate, full).at - full).toBeCloseTo(1000 / rate.perSecond, 2);
      }),
    );
  });

  test("takes a slot back when it was the last one, as if it had never been asked for", () => {
    fc.assert(
      fc.property(rates, pauses, (rate, waits) => {
        const slots = grants(rate, waits);
        const last = slots.at(-1);
        if (last === undefined) return;
        expect(returnSlot(last.to, last)).toBe(last.from);
        const now = START + waits.reduce((sum, pause) => sum + pause, 0);
        expect(takeSlot(returnSlot(last.to, last), rate, now)).toEqual(last);
      }),
    );
  });

  test("keeps a slot that somebody stands behind", () => {
    fc.assert(
      fc.property(rates, pauses, (rate, waits) => {
        const slots = grants(rate, waits);
        const last = slots.at(-1);
        for (const slot of slots.slice(0, -1)) {
          if (last !== undefined) expect(returnSlot(last.to, slot)).toBe(last.to);
        }
      }),
    );
  });
});
