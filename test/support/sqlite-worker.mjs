// Adds 1 to one key, so often as asked, and tells of each commit. Runs from the build: vitest is not in this process.
import { sqliteStore } from "../../dist/sqlite.js";

const [path, key, times, durability] = process.argv.slice(2);
const store = sqliteStore({ path, busyTimeoutMs: 60_000 });
for (let count = 0; count < Number(times); count++) {
  const sum = await store.update(key, (current = 0) => ({ next: current + 1, result: current + 1 }), {
    durable: durability === "durable",
  });
  process.stdout.write(`${sum}\n`);
}
await store.close();
