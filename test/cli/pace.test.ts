import { expect, it } from "vitest";
import { paceOf } from "../../adapters/cli/pace.js";

it("tells the rate since the first look, and how long the rest takes at that rate", () => {
  let now = 5000;
  const pace = paceOf(() => now);
  expect(pace(400, 1000)).toBeUndefined();
  now += 1000;
  expect(pace(400, 1000)).toBeUndefined();
  expect(pace(500, 1000)).toEqual({ perSecond: 100, leftMs: 5000 });
  now += 4000;
  expect(pace(1000, 1000)).toEqual({ perSecond: 120, leftMs: 0 });
  expect(pace(1010, 1000)?.leftMs).toBe(0);
});
