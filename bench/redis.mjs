import { crew } from "./crew.mjs";
import { interleaved } from "./measure.mjs";
import { redisVersion, startRedis } from "./redis-server.mjs";
import { printTable, version, whole } from "./report.mjs";

const ROUNDS = 5;
const MS = 1000;
const WORKERS = 4;
const IN_FLIGHT = [1, 16];

/** Acquires a second on one key, side by side with a limiter whose whole rule runs inside Redis. */
export async function benchRedis() {
  const redis = redisVersion();
  if (redis === undefined) {
    console.log("\nRedis: left out, no redis-server is installed.");
    return;
  }
  const server = await startRedis();
  const ours = await crew("redis", server.url, WORKERS);
  const theirs = await crew("rate-limiter-flexible", server.url, WORKERS);
  const rows = [];
  for (const inFlight of IN_FLIGHT) {
    const order = { inFlight, ms: MS };
    const [a, b] = await interleaved(
      [
        { name: "ours", turn: () => ours.perSecond(order) },
        { name: "theirs", turn: () => theirs.perSecond(order) },
      ],
      { rounds: ROUNDS },
    );
    rows.push([String(inFlight), whole(a.median), whole(b.median), (1 / b.ratio).toFixed(2)]);
  }
  for (const one of [ours, theirs]) await one.end();
  await server.stop();
  const [driver, limiter] = [version("ioredis"), version("rate-limiter-flexible")];
  printTable(
    `Redis ${redis}, ioredis ${driver}: acquires a second, ${WORKERS} processes, one key, median of ${ROUNDS} rounds of ${MS} ms`,
    ["in flight, each", "tg-guarded", `RateLimiterRedis ${limiter}`, "ours : theirs"],
    rows,
  );
}
