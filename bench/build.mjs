import { fileURLToPath } from "node:url";

/** Inside node_modules, so that packages are found from there, and dist/ stays as it is. */
const FOLDER = new URL("../node_modules/.cache/tg-guarded-bench/", import.meta.url);

/** Builds the working tree once, as the package is built. */
export async function buildPackage() {
  const source = (path) => fileURLToPath(new URL(path, import.meta.url));
  // Loaded here alone: workers measure their memory, and import this file for its other half.
  const { build } = await import("tsup");
  await build({
    entry: {
      index: source("../src/index.ts"),
      testing: source("../src/testing.ts"),
      internals: source("internals.ts"),
      mtcute: source("mtcute.mjs"),
    },
    external: [/^@mtcute\//],
    outDir: fileURLToPath(FOLDER),
    format: ["esm"],
    target: "node20",
    treeshake: true,
    clean: true,
    silent: true,
    config: false,
  });
}

/** One of the entries above, from the build. */
export const built = (entry) => import(new URL(`${entry}.js`, FOLDER).href);
