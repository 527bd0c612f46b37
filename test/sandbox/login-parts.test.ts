import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Attempts } from "../../src/sandbox/login/attempts.js";
import { phoneDigits } from "../../src/sandbox/login/phone-number.js";

describe("a phone number", () => {
  it("is its digits, however it is written", () => {
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    const spacer = fc.constantFrom("", " ", "-", ".", "(", ") ");
    const written = fc.array(fc.tuple(spacer, digit), { minLength: 6, maxLength: 14 });
    fc.assert(
      fc.property(
        fc.constantFrom("", "+"),
        fc.integer({ min: 1, max: 9 }).map(String),
        written,
        (plus, first, rest) => {
          const text = plus + first + rest.map((pair) => pair.join("")).join("");
          expect(phoneDigits(text)).toBe(first + rest.map(([, one]) => one).join(""));
        },
      ),
    );
  });

  it("is nothing else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(/[^\d\s()+.-]/.test(text));
        expect(phoneDigits(text)).toBeUndefined();
      }),
    );
    for (const text of ["", "123456", "0123456789", "1".repeat(16)]) expect(phoneDigits(text)).toBeUndefined();
  });
});

describe("attempts", () => {
  it("are never more in any window than allowed, and allowed when the wait is over", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 }), steps, (most, perSeconds, waits) => {
        const attempts = new Attempts(most, perSeconds);
        const made: number[] = [];
        let now = 1_000_000;
        for (const wait of waits) {
          now += wait;
          const left = attempts.waitSeconds("x", now);
          expect(attempts.waitSeconds("x", now + left * 1000)).toBe(0);
          if (left > 0) continue;
          attempts.count("x", now);
          made.push(now);
          const since = now - perSeconds * 1000;
          expect(made.filter((at) => at > since).length).toBeLessThanOrEqual(most);
        }
        expect(attempts.waitSeconds("another", now)).toBe(0);
      }),
    );
  });
});
