import { defineConfig } from "tsup";

/** What programs import. */
const TYPED = {
  index: "src/index.ts",
  sqlite: "src/sqlite.ts",
  redis: "src/redis.ts",
  testing: "src/testing.ts",
  "mcp-read": "adapters/mcp-read/index.ts",
  "mcp-actions": "adapters/mcp-actions/index.ts",
};

export default defineConfig({
  entry: {
    ...TYPED,
    cli: "adapters/cli/main.ts",
    "tgmcp-read": "adapters/mcp-read/main.ts",
    "tgmcp-actions": "adapters/mcp-actions/main.ts",
  },
  format: ["esm", "cjs"],
  target: "node20",
  dts: { entry: TYPED },
  splitting: true,
  clean: true,
  sourcemap: false,
  treeshake: true,
});
