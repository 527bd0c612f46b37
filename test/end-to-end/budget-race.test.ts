import { expect, it } from "vitest";
import { excess, ON_ITS_WAY, raceForBudget, usedPart } from "../support/budget-race.js";
import { redisMissing, startRedis } from "../support/redis-server.js";
import { tempFolder } from "../support/temp-folder.js";

const SECONDS = 5;
/** Redis tells the time in milliseconds, and slots are fractions of them. */
const ROUNDING = 0.01;

it("eight processes on one file keep to one budget in every window, and use it", async () => {
  await using folder = await tempFolder();
  const store = { path: folder.file("state.sqlite") };
  const { grants, arrivals } = await raceForBudget({ store, processes: 8, seconds: SECONDS });
  expect(excess(grants)).toBeLessThanOrEqual(ROUNDING);
  expect(excess(arrivals, ON_ITS_WAY)).toBeLessThanOrEqual(0);
  expect(usedPart(grants, SECONDS)).toBeGreaterThanOrEqual(0.97);
  expect(arrivals).toHaveLength(grants.length);
});

it.skipIf(redisMissing !== undefined)(
  "four processes on one Redis keep to one budget in every window, and use it",
  async () => {
    await using redis = await startRedis();
    const { grants, arrivals } = await raceForBudget({ store: { url: redis.url }, processes: 4, seconds: SECONDS });
    expect(excess(grants)).toBeLessThanOrEqual(ROUNDING);
    expect(excess(arrivals, ON_ITS_WAY)).toBeLessThanOrEqual(0);
    expect(usedPart(grants, SECONDS)).toBeGreaterThanOrEqual(0.97);
    expect(arrivals).toHaveLength(grants.length);
  },
);
