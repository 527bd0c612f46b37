import { expect, it } from "vitest";
import { excess, ON_ITS_WAY } from "../support/budget-race.js";
import { startMany } from "./many-servers.js";

it("Four servers on one account list their tools, read within its budget, and end with their host", async () => {
  const { listed, answered, arrivals, orphans } = await startMany(4);
  expect(listed.map(({ tools }) => tools)).toEqual(Array.from({ length: 4 }, () => 24));
  expect(answered.map(({ count }) => count)).toEqual(Array.from({ length: 4 }, () => 1));
  expect(arrivals.length).toBeGreaterThanOrEqual(4);
  expect(excess(arrivals, ON_ITS_WAY)).toBeLessThanOrEqual(0);
  expect(orphans).toEqual([]);
});
