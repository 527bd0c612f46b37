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
  // A worker for every core, which loads GramJS and the rest once for all of its files: no module keeps state of its own.
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: "forks",
    maxWorkers: "100%",
    isolate: false,
  },
});
