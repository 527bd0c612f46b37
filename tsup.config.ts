import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    sqlite: "src/sqlite.ts",
    redis: "src/redis.ts",
    testing: "src/testing.ts",
    cli: "adapters/cli/main.ts",
    "tgmcp-read": "adapters/mcp-read/main.ts",
    "tgmcp-actions": "adapters/mcp-actions/main.ts",
  },
  format: ["esm", "cjs"],
  target: "node20",
  dts: { entry: { index: "src/index.ts", sqlite: "src/sqlite.ts", redis: "src/redis.ts", testing: "src/testing.ts" } },
  splitting: true,
  clean: true,
  sourcemap: false,
  treeshake: true,
});
