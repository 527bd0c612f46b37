import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarIn } from "../../src/guards/calendar.js";

const HOUR_MS = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

describe("A day", () => {
  test.each([
    // Clocks go forward: 23 hours. Back: 25. Neither: 24.
    ["Europe/Oslo", "2025-03-29T23:00:00Z", "2025-03-30", 23],
    ["Europe/Oslo", "2025-10-25T22:00:00Z", "2025-10-26", 25],
    ["America/New_York", "2025-03-09T05:00:00Z", "2025-03-09", 23],
    ["America/New_York", "2025-11-02T04:00:00Z", "2025-11-02", 25],
    // By half an hour.
    ["Australia/Lord_Howe", "2025-10-04T13:30:00Z", "2025-10-05", 23.5],
    ["Australia/Lord_Howe", "2025-04-05T13:00:00Z", "2025-04-06", 24.5],
    // At midnight itself: the day begins at one, or has its first hour twice.
    ["Africa/Cairo", "2025-04-24T22:00:00Z", "2025-04-25", 23],
    ["America/Havana", "2025-11-02T04:00:00Z", "2025-11-02", 25],
    ["Asia/Kathmandu", "2025-06-01T18:15:00Z", "2025-06-02", 24],
    ["UTC", "2024-02-29T00:00:00Z", "2024-02-29", 24],
  ])("in %s that begins at %s is %s and has %d hours", (zone, begins, name, hours) => {
    const calendar = calendarIn(zone);
    const start = at(begins);
    expect([calendar.dayOf(start - 1) < name, calendar.dayOf(start)]).toEqual([true, name]);
    expect(calendar.msLeft(start)).toBe(hours * HOUR_MS);
    expect(calendar.msLeft(start + hours * HOUR_MS - 1)).toBe(1);
    expect(calendar.dayOf(start + hours * HOUR_MS) > name).toBe(true);
  });

  test("lasts exactly as long as it says, at any moment in any zone", () => {
    const zones = fc.constantFrom(
      "UTC",
      "Europe/Oslo",
      "America/New_York",
      "America/St_Johns",
      "Australia/Lord_Howe",
      "Africa/Cairo",
      "Asia/Kathmandu",
      "Pacific/Kiritimati",
      "Pacific/Chatham",
    );
    const moments = fc.integer({ min: at("2015-01-01T00:00:00Z"), max: at("2035-01-01T00:00:00Z") });
    fc.assert(
      fc.property(zones, moments, (zone, now) => {
        const calendar = calendarIn(zone);
        const left = calendar.msLeft(now);
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThanOrEqual(25 * HOUR_MS);
        expect(calendar.dayOf(now + left - 1)).toBe(calendar.dayOf(now));
        expect(calendar.dayOf(now + left) > calendar.dayOf(now)).toBe(true);
      }),
    );
  });

  test("comes after the one before, also as text", () => {
    const calendar = calendarIn("Europe/Oslo");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at("2100-01-01T00:00:00Z") }), (now) => {
        expect(calendar.dayOf(now)).toMatch(/^\d{4}-\d\d-\d\d$/);
        expect(calendar.dayOf(now) < calendar.dayOf(now + 26 * HOUR_MS)).toBe(true);
      }),
    );
  });

  test("of a zone that nobody knows is a RangeError", () => {
    expect(() => calendarIn("Europe/Atlantis")).toThrow(RangeError);
  });
});
