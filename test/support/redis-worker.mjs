import { redisStore } from "../../dist/redis.js";

const [url, count] = process.argv.slice(2);
const store = await redisStore({ url });
for (let left = Number(count); left > 0; left--) {
  await store.update("counter", (sum = 0) => ({ next: sum + 1, result: undefined }), { durable: left % 2 === 0 });
}
await store.close();
