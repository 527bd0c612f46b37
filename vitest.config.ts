import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^tg-guarded$/, replacement: source("src/index.ts") },
      { find: /^tg-guarded\/sqlite$/, replacement: source("src/sqlite.ts") },
      { find: /^tg-guarded\/redis$/, replacement: source("src/redis.ts") },
      { find: /^tg-guarded\/testing$/, replacement: source("src/testing.ts") },
      { find: /^tg-guarded\/mcp-read$/, replacement: source("adapters/mcp-read/index.ts") },
      { find: /^tg-guarded\/mcp-actions$/, replacement: source("adapters/mcp-actions/index.ts") },
    ],
  },
  // A worker for every core, which loads GramJS and the rest once for all of its files: no module keeps state of its own.
  test: {
    include: ["test/**/*.test.ts"],
    // Only nets against hanging, wide enough for a loaded machine: what must be quick says so itself.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    pool: "forks",
    maxWorkers: "100%",
    isolate: false,
  },
});
