import { describe, expect, it } from "vitest";
import {
  BURST,
  excess,
  IN_FLIGHT,
  ON_ITS_WAY,
  PER_SECOND,
  raceForBudget,
  usedPart,
  type RaceResult,
} from "../support/budget-race.js";
import { redisMissing, startRedis } from "../support/redis-server.js";
import { tempFolder } from "../support/temp-folder.js";

const SECONDS = 20;
const ROUNDING = 0.01;
const KILLING = { seconds: SECONDS, killEveryMs: 1500 };

function keepsTheBudget({ grants, arrivals }: RaceResult): void {
  expect(excess(grants)).toBeLessThanOrEqual(ROUNDING);
  expect(excess(arrivals, ON_ITS_WAY)).toBeLessThanOrEqual(0);
}

/** A process that is killed takes with it the slots it waited for, or the request that it was about to send. */
function usesWhatTheKilledLeft({ arrivals, kills }: RaceResult): void {
  const budget = BURST + PER_SECOND * SECONDS;
  console.log(`${arrivals.length} of ${budget} requests arrived, ${kills} processes were killed`);
  expect(kills).toBeGreaterThan(5);
  expect(arrivals.length).toBeGreaterThanOrEqual(0.97 * (budget - kills * IN_FLIGHT));
}

describe("eight processes on one file", () => {
  it("keep to one budget in every window, and use it", async () => {
    await using folder = await tempFolder();
    const result = await raceForBudget({
      store: { path: folder.file("state.sqlite") },
      processes: 8,
      seconds: SECONDS,
    });
    keepsTheBudget(result);
    expect(usedPart(result.grants, SECONDS)).toBeGreaterThanOrEqual(0.97);
  });

  it("keep to it while they are killed and started again", async () => {
    await using folder = await tempFolder();
    const store = { path: folder.file("state.sqlite") };
    const result = await raceForBudget({ store, processes: 8, ...KILLING });
    keepsTheBudget(result);
    usesWhatTheKilledLeft(result);
  });
});

describe.skipIf(redisMissing !== undefined)("four processes on one Redis", () => {
  it("keep to one budget in every window, and use it", async () => {
    await using redis = await startRedis();
    const result = await raceForBudget({ store: { url: redis.url }, processes: 4, seconds: SECONDS });
    keepsTheBudget(result);
    expect(usedPart(result.grants, SECONDS)).toBeGreaterThanOrEqual(0.97);
  });

  it("keep to it while they are killed and started again", async () => {
    await using redis = await startRedis();
    const result = await raceForBudget({ store: { url: redis.url }, processes: 4, ...KILLING });
    keepsTheBudget(result);
    usesWhatTheKilledLeft(result);
  });
});
