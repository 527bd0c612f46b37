import { expect, it } from "vitest";
import { raceForQuota } from "../support/quota-race.js";
import { redisMissing, startRedis } from "../support/redis-server.js";
import { tempFolder } from "../support/temp-folder.js";

const RACE = { processes: 16, rounds: 3, limit: 20 } as const;
const EXACTLY = Array.from({ length: RACE.rounds }, () => RACE.limit);

it("sixteen processes on one file that race for 20 units get exactly 20, every time", async () => {
  await using folder = await tempFolder();
  expect(await raceForQuota({ ...RACE, store: { path: folder.file("state.sqlite") } })).toEqual(EXACTLY);
});

it.skipIf(redisMissing !== undefined)(
  "sixteen processes on one Redis that race for 20 units get exactly 20, every time",
  async () => {
    await using redis = await startRedis();
    expect(await raceForQuota({ ...RACE, store: { url: redis.url } })).toEqual(EXACTLY);
  },
);
