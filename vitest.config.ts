import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (name: string) => fileURLToPath(new URL(`src/${name}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^tg-guarded$/, replacement: source("index.ts") },
      { find: /^tg-guarded\/sqlite$/, replacement: source("sqlite.ts") },
      { find: /^tg-guarded\/redis$/, replacement: source("redis.ts") },
      { find: /^tg-guarded\/testing$/, replacement: source("testing.ts") },
    ],
  },
  // Files wait for sockets and processes more than for the processor: a worker for every core.
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: "forks",
    maxWorkers: "100%",
  },
});
