// npm run bench [-- --write] [chain sqlite redis round-trip export pace package start sandbox-…]
import { cpus } from "node:os";
import { readFileSync, writeFileSync } from "node:fs";
import { buildPackage } from "./build.mjs";
import { takePrinted } from "./report.mjs";
import { buildSandbox } from "./sandbox-build.mjs";

const SECTIONS = {
  chain: async () => (await import("./chain.mjs")).benchChain(),
  sqlite: async () => (await import("./sqlite.mjs")).benchSqlite(),
  redis: async () => (await import("./redis.mjs")).benchRedis(),
  "round-trip": async () => (await import("./round-trip.mjs")).benchRoundTrip(),
  export: async () => (await import("./export.mjs")).benchExport(),
  pace: async () => (await import("./pace.mjs")).benchPace(),
  package: async () => (await import("./package.mjs")).benchPackage(),
  start: async () => (await import("./start.mjs")).benchStart(),
  "sandbox-pages": async () => (await import("./sandbox-pages.mjs")).benchPages(),
  "sandbox-connect": async () => (await import("./sandbox-connect.mjs")).benchConnect(),
  "sandbox-memory": async () => (await import("./sandbox-memory.mjs")).benchMemory(),
};

const WRITE = "--write";
const PAGE = new URL("../docs/performance.md", import.meta.url);

const words = process.argv.slice(2);
const asked = words.filter((word) => word !== WRITE);
const unknown = asked.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}.`);
  process.exit(2);
}

/** Puts tables in the place of those that the page has between the marks of a section. */
function write(section, tables) {
  const page = readFileSync(PAGE, "utf8");
  const place = new RegExp(`(<!-- bench ${section} -->\\n).*?(\\n<!-- end -->)`, "s");
  if (!place.test(page)) throw new Error(`docs/performance.md has no place for ${section}.`);
  writeFileSync(
    PAGE,
    page.replace(place, (_, before, after) => `${before}\n${tables}\n${after}`),
  );
}

console.log(`Node ${process.versions.node}, ${cpus().length} cores`);
await buildPackage();
await buildSandbox();
for (const name of asked.length > 0 ? asked : Object.keys(SECTIONS)) {
  await SECTIONS[name]();
  const tables = takePrinted();
  if (words.includes(WRITE) && tables !== "") write(name, tables);
}
