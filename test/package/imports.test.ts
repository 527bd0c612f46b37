import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/import-lines.js";

/** A hook of Node's that tells every file that is loaded as an ES module. */
const TELL_ES_MODULES = `
  import { writeSync } from "node:fs";
  export async function load(url, context, next) { writeSync(1, url + "\\n"); return next(url, context); }`;

/**
 * What importing must leave as it was, but for what two libraries that were chosen keep there: zod its registry, and
 * async-mutex the helpers of tslib. Node's own reading of the files may still be closing.
 */
const STATE_OF_THE_PROCESS = `JSON.stringify({
  globals: Object.getOwnPropertyNames(globalThis)
    .filter((name) => !name.startsWith("__zod_") && !(name in require("tslib"))),
  builtins: [Object, Array, String, Number, BigInt, Promise, Map, Buffer, Error]
    .map((builtin) => [Object.getOwnPropertyNames(builtin).length, Object.getOwnPropertyNames(builtin.prototype).length]),
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  resources: process.getActiveResourcesInfo().filter((name) => !/^(PipeWrap|TTYWrap|CloseReq|FSReq\w+)$/.test(name)),
  environment: process.env,
  folder: process.cwd(),
  console: [String(console.log), String(console.error)],
  stackTraces: [String(Error.prepareStackTrace), Error.stackTraceLimit],
})`;

const FORMATS = {
  esm: { extension: "js", load: (path: string) => `await import(${JSON.stringify(path)});` },
  cjs: { extension: "cjs", load: (path: string) => `require(${JSON.stringify(path)});` },
} as const;
type Format = keyof typeof FORMATS;

const run = (program: string): string =>
  execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });

const loading = (entry: string, format: Format): string =>
  FORMATS[format].load(join(root, "dist", `${entry}.${FORMATS[format].extension}`));

/** The packages of which anything is in memory after an entry of the build was loaded, native libraries included. */
function packagesOf(entry: string, format: Format): readonly string[] {
  const loaded = run(`
    import { createRequire, register } from "node:module";
    register("data:text/javascript," + encodeURIComponent(${JSON.stringify(TELL_ES_MODULES)}));
    const require = createRequire(${JSON.stringify(join(root, "package.json"))});
    ${loading(entry, format)}
    process.stdout.write([...process.report.getReport().sharedObjects, ...Object.keys(require.cache)].join("\\n"));`);
  const names = loaded.matchAll(/\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//g);
  return [...new Set([...names].flatMap(([, name]) => name ?? []))].sort();
}

/** What a program is like before and after it loads an entry, and what was printed meanwhile. */
function effectsOf(entry: string, format: Format): { readonly before: unknown; readonly after: unknown } {
  const printed = run(`
    import { createRequire } from "node:module";
    const require = createRequire(${JSON.stringify(join(root, "package.json"))});
    const state = () => ${STATE_OF_THE_PROCESS};
    const before = state();
    ${loading(entry, format)}
    process.stdout.write(JSON.stringify([before, state()]));`);
  const [before, after] = JSON.parse(printed) as [string, string];
  return { before: JSON.parse(before), after: JSON.parse(after) };
}

const heavy = /^(telegram|ioredis|@?libsql.*|@modelcontextprotocol.*|@napi-rs.*|prom-client|commander)$/;
const { exports: entries } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Readonly<Record<string, unknown>>;
};
const names = Object.keys(entries)
  .filter((name) => !name.endsWith(".json"))
  .map((name) => (name === "." ? "index" : name.slice(2)));

describe.each(["esm", "cjs"] as const)("The package as %s", (format) => {
  test("alone loads neither GramJS nor MCP nor a database", () => {
    expect(packagesOf("index", format).filter((name) => heavy.test(name))).toEqual([]);
  });

  test("loads the database with its own entry alone, which shows that the test above would see it", () => {
    const loaded = packagesOf("sqlite", format).filter((name) => heavy.test(name));
    expect(loaded).toContain("libsql");
    expect(loaded.filter((name) => !name.includes("libsql"))).toEqual([]);
  });

  test("loads no client of Redis before one is asked for", () => {
    expect(packagesOf("redis", format).filter((name) => heavy.test(name))).toEqual([]);
  });

  test("loads no GramJS with the sandbox", () => {
    expect(packagesOf("testing", format).filter((name) => heavy.test(name))).toEqual([]);
  });

  test.each(["mcp-read", "mcp-actions"])("loads MCP with %s, and no GramJS", (entry) => {
    const loaded = packagesOf(entry, format).filter((name) => heavy.test(name));
    expect(loaded).toEqual(["@modelcontextprotocol/sdk"]);
  });

  test.each(names)("has no effect on a program that loads %s", (entry) => {
    const { before, after } = effectsOf(entry, format);
    expect(after).toEqual(before);
  });
});
