// npm run bench [-- chain sqlite redis round-trip export pace package start sandbox-…]
import { cpus } from "node:os";
import { buildPackage } from "./build.mjs";
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

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}.`);
  process.exit(2);
}

console.log(`Node ${process.versions.node}, ${cpus().length} cores`);
await buildPackage();
await buildSandbox();
for (const name of asked.length > 0 ? asked : Object.keys(SECTIONS)) await SECTIONS[name]();
