import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addHold, coveringHold, shiftHolds, type Hold, type Holds } from "../../src/state/flood.js";

const scope = fc.constantFrom("messages.getHistory", "messages.sendMessage", "messages.sendMessage@7");
const hold: fc.Arbitrary<Hold> = fc.record({
  until: fc.integer({ min: 1, max: 1000 }),
  name: fc.constantFrom("FLOOD_WAIT_1", "FLOOD_WAIT_2", "SLOWMODE_WAIT_3"),
});
const added = fc.array(fc.tuple(scope, hold), { maxLength: 12 });

const build = (entries: readonly (readonly [string, Hold])[], now: number): Holds =>
  entries.reduce<Holds>((holds, [name, entry]) => addHold(holds, name, entry, now), {});

describe("Flood holds", () => {
  test("of several on the same thing the longest counts, in whatever order they came", () => {
    fc.assert(
      fc.property(added, scope, fc.integer({ min: 0, max: 1100 }), (entries, asked, now) => {
        const untils = entries.filter(([name]) => name === asked).map(([, { until }]) => until);
        const longest = Math.max(0, ...untils);
        expect(coveringHold(build(entries, 0), [asked], now)?.until).toBe(longest > now ? longest : undefined);
      }),
    );
  });

  test("end exactly when Telegram said, not a millisecond earlier or later", () => {
    const holds = addHold({}, "messages.getHistory", { until: 500, name: "FLOOD_WAIT_1" }, 0);
    expect(coveringHold(holds, ["messages.getHistory"], 499)).toEqual({ until: 500, name: "FLOOD_WAIT_1" });
    expect(coveringHold(holds, ["messages.getHistory"], 500)).toBeUndefined();
  });

  test("cover nothing but their own scope", () => {
    const holds = addHold({}, "messages.sendMessage@7", { until: 500, name: "SLOWMODE_WAIT_1" }, 0);
    expect(coveringHold(holds, ["messages.sendMessage", "messages.sendMessage@8"], 0)).toBeUndefined();
    expect(coveringHold(holds, ["messages.sendMessage", "messages.sendMessage@7"], 0)?.until).toBe(500);
  });

  test("of several scopes asked for the longest hold counts", () => {
    fc.assert(
      fc.property(added, fc.array(scope), fc.integer({ min: 0, max: 1100 }), (entries, scopes, now) => {
        const holds = build(entries, 0);
        const alone = scopes.map((name) => coveringHold(holds, [name], now)?.until ?? 0);
        expect(coveringHold(holds, scopes, now)?.until ?? 0).toBe(Math.max(0, ...alone));
      }),
    );
  });

  test("that are over are forgotten with the next one, so the record stays small", () => {
    fc.assert(
      fc.property(added, fc.integer({ min: 0, max: 1100 }), (entries, now) => {
        const holds = addHold(build(entries, 0), "new", { until: now + 1, name: "FLOOD_WAIT_1" }, now);
        for (const { until } of Object.values(holds)) expect(until).toBeGreaterThan(now);
      }),
    );
  });

  test("keep their length when all times are moved", () => {
    fc.assert(
      fc.property(
        added,
        scope,
        fc.integer({ min: 0, max: 1100 }),
        fc.integer({ min: -5000, max: 5000 }),
        (entries, asked, now, by) => {
          const before = coveringHold(build(entries, 0), [asked], now);
          const after = coveringHold(shiftHolds(build(entries, 0), by), [asked], now + by);
          expect(after).toEqual(before && { ...before, until: before.until + by });
        },
      ),
    );
  });
});
