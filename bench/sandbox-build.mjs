import { fileURLToPath } from "node:url";

/** Inside node_modules, so that packages are found from there. */
const FOLDER = new URL("../node_modules/.cache/tg-guarded-bench-sandbox/", import.meta.url);

/** Builds the sandbox, and the clients of its tests. */
export async function buildSandbox() {
  const source = (path) => fileURLToPath(new URL(path, import.meta.url));
  // Loaded here alone: workers measure their memory, and import this file for its other half.
  const { build } = await import("tsup");
  await build({
    entry: { testing: source("../src/testing.ts"), client: source("sandbox-clients.mjs") },
    outDir: fileURLToPath(FOLDER),
    format: ["esm"],
    outExtension: () => ({ js: ".mjs" }),
    target: "node20",
    treeshake: true,
    clean: true,
    silent: true,
    config: false,
  });
}

export const builtSandbox = (entry) => import(new URL(`${entry}.mjs`, FOLDER).href);
