import { execFileSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleaved } from "./measure.mjs";
import { printTable, version } from "./report.mjs";

const ROUNDS = 15;
const root = fileURLToPath(new URL("..", import.meta.url));
const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const dist = join(root, "dist");
const built = (entry) => join(dist, entry);

const PARTS = ["telegram", "@modelcontextprotocol/sdk", "libsql", "@mtcute/core"];
const IMPORTS = [
  { name: "nothing", file: undefined },
  { name: "tg-guarded", file: built("index.js") },
  { name: "tg-guarded/testing", file: built("testing.js") },
  { name: "tg-guarded/sqlite", file: built("sqlite.js") },
  { name: "tg-guarded/mcp-read", file: built("mcp-read.js") },
  { name: `telegram ${version("telegram")}`, file: "telegram" },
  { name: `@mtcute/core ${version("@mtcute/core")}`, file: "@mtcute/core" },
];

/** Where Node finds a package that another one, which lies in `from`, asks for. */
function placeOf(name, from) {
  const place = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (place in packages || from === "") return place;
  return placeOf(name, from.includes("/node_modules/") ? from.slice(0, from.lastIndexOf("/node_modules/")) : "");
}

/** All packages that come with these, by the lock file; optional ones of other systems are not on the disk. */
function closure(names, from, found = new Set()) {
  for (const name of names) {
    const place = placeOf(name, from);
    const entry = packages[place];
    if (entry === undefined || found.has(place) || !existsOnDisk(place)) continue;
    found.add(place);
    closure(Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), place, found);
  }
  return found;
}

const existsOnDisk = (place) => lstatSync(join(root, place), { throwIfNoEntry: false }) !== undefined;

/** Bytes of all files beneath a folder, but for packages that lie inside, which count for themselves. */
function bytesOf(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += entry.name === "node_modules" ? 0 : bytesOf(path);
    else if (entry.isFile()) bytes += lstatSync(path).size;
  }
  return bytes;
}

function sizeRow(name, places, own = 0) {
  const bytes = [...places].reduce((sum, place) => sum + bytesOf(join(root, place)), own);
  return [name, String(places.size + (own > 0 ? 1 : 0)), (bytes / 1e6).toFixed(1)];
}

/** Milliseconds from the start of a process that imports this to its end. */
function importOnce(file) {
  const program = file === undefined ? "" : `await import(${JSON.stringify(file)})`;
  const began = performance.now();
  execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root });
  return performance.now() - began;
}

/** What an installation weighs, and how long an import takes. */
export async function benchPackage() {
  const own = bytesOf(dist);
  const production = closure(Object.keys(packages[""].dependencies), "");
  printTable(
    "Installed size, without optional packages of other systems",
    ["", "packages", "MB"],
    [
      sizeRow("tg-guarded and all it needs", production, own),
      ["tg-guarded itself: ESM and CommonJS, without types", "1", (own / 1e6).toFixed(1)],
      ...PARTS.map((name) => sizeRow(`${name} ${version(name)} and all it needs`, closure([name], ""))),
    ],
  );
  const results = await interleaved(
    IMPORTS.map(({ name, file }) => ({ name, turn: () => Promise.resolve(importOnce(file)) })),
    { rounds: ROUNDS },
  );
  const nothing = results[0].median;
  printTable(
    `A process that imports this and ends: medians of ${ROUNDS} rounds`,
    ["", "ms", "more than nothing"],
    results.map(({ name, median }) => [name, median.toFixed(0), (median - nothing).toFixed(0)]),
  );
}
