// One process that asks a store again and again: how often, it tells its parent.
import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { built } from "./build.mjs";
import { admissionBy } from "./lifted.mjs";
import { perSecond } from "./measure.mjs";

const { memoryStore, redisStore, sqliteStore } = await built("internals");

const count = (current = 0) => ({ next: current + 1, result: undefined });
const ofStore = (store, ask = admissionBy(store)) => ({ ask, end: () => store.close() });
const durably = (store) => ofStore(store, () => store.update("counter", count, { durable: true }));

const CONTESTANTS = {
  memory: () => ofStore(memoryStore()),
  sqlite: (path) => ofStore(sqliteStore({ path })),
  "sqlite-durable": (path) => durably(sqliteStore({ path })),
  redis: async (url) => ofStore(await redisStore({ url })),
  "redis-durable": async (url) => durably(await redisStore({ url })),
  "rate-limiter-flexible": (url) => {
    const storeClient = new Redis(url);
    const limiter = new RateLimiterRedis({ storeClient, points: 1_000_000_000, duration: 1000 });
    return { ask: () => limiter.consume("bench"), end: () => storeClient.quit() };
  },
};

const [contestant, place] = process.argv.slice(2);
const { ask, end } = await CONTESTANTS[contestant](place);
await ask();
process.send("ready");
process.on("message", async (order) => {
  if (order !== "end") process.send(await perSecond(ask, order));
  else {
    await end();
    process.disconnect();
  }
});
