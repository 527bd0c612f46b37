import ts from "typescript";
import { describe, expect, test } from "vitest";
import { importsOf, parse, sourceFiles, type ImportLine } from "./support/import-lines.js";

const GROUND = [
  "call",
  "chain",
  "claim",
  "clock",
  "defined-only",
  "errors",
  "events",
  "input",
  "metrics",
  "permit",
  "prometheus",
  "quota-words",
  "redacted",
  "system-error",
  "turn",
  "version",
].map((name) => `src/${name}.ts`);
/** What the rooms above may load of src/telegram without loading GramJS; the rest only by type. */
const PURE_TELEGRAM = [
  "chat-ref",
  "data-centers",
  "dialog-pages",
  "peer",
  "proxy",
  "takeout",
  "telegram",
  "updates-box",
  "updates-read",
].map((name) => `src/telegram/${name}.ts`);
const STORE = "src/stores/store.ts";

interface Rule {
  /** Folders and files it may load. Every room may load itself and the ground floor. */
  readonly loads?: readonly string[];
  /** What it may know by type alone. */
  readonly knows?: readonly string[];
}

/** The rooms, top down, and what each may import; everything else is forbidden. */
const ROOMS: Readonly<Record<string, Rule>> = {
  "src/read/": {
    loads: ["src/files/", "src/models/", ...PURE_TELEGRAM],
    knows: ["src/telegram/", "src/guards/health.ts"],
  },
  "src/actions/": {
    loads: ["src/read/", "src/files/", "src/models/", "src/state/", STORE, ...PURE_TELEGRAM],
    knows: ["src/telegram/", "src/audit/"],
  },
  "src/export/": { loads: ["src/read/", "src/files/", "src/models/", ...PURE_TELEGRAM], knows: ["src/telegram/"] },
  "src/audit/": { loads: ["src/stores/store-id.ts"], knows: [STORE] },
  "src/secrets/": {},
  "src/login/": { knows: ["src/telegram/", "src/session/"] },
  "src/files/": {},
  "src/session/": { loads: ["src/files/", "src/secrets/", "src/stores/store-id.ts"], knows: [STORE] },
  "src/guards/": { loads: ["src/state/", STORE] },
  "src/state/": { knows: [STORE] },
  "src/stores/": {},
  "src/telegram/": {
    loads: ["src/models/"],
    knows: [STORE, "src/session/session-string.ts"],
  },
  "src/models/": {},
  "src/testing/": { knows: [STORE] },
};

const all = sourceFiles("src").flatMap(importsOf);
const isOurs = ({ target }: ImportLine): boolean => target.startsWith("src/");
const isInside = (path: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith("/") ? path.startsWith(place) : path === place));
const roomOf = (path: string): string | undefined => Object.keys(ROOMS).find((room) => path.startsWith(room));
const tell = ({ file, target, typeOnly }: ImportLine): string => `${file} → ${target}${typeOnly ? " (by type)" : ""}`;
const packageOf = ({ target }: ImportLine): string =>
  target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");

/** The forbidden ones among these imports; a test expects none. */
const offenders = (lines: readonly ImportLine[], isAllowed: (line: ImportLine) => boolean): readonly string[] =>
  lines.filter((line) => !isAllowed(line)).map(tell);

describe("The rooms of the house", () => {
  for (const [room, { loads = [], knows = [] }] of Object.entries(ROOMS)) {
    test(`${room} imports what lies beneath it, and nothing above or beside it`, () => {
      const lines = all.filter((line) => line.file.startsWith(room) && isOurs(line));
      const mayLoad = [room, ...GROUND, ...loads];
      expect(
        offenders(lines, ({ target, typeOnly }) => isInside(target, mayLoad) || (typeOnly && isInside(target, knows))),
      ).toEqual([]);
    });
  }

  test("the ground floor stands on nothing but itself", () => {
    const lines = all.filter((line) => GROUND.includes(line.file) && isOurs(line));
    expect(offenders(lines, ({ target }) => GROUND.includes(target))).toEqual([]);
  });

  test("every file belongs to a room, to the ground floor or to the roof", () => {
    const roof = [
      "chain-options",
      "circuit-desk",
      "client",
      "index",
      "logins",
      "open-actions",
      "open-connection",
      "operator",
      "options",
      "raw",
      "read-ports",
      "redis",
      "sessions",
      "settle-account",
      "sqlite",
      "testing",
    ].map((name) => `src/${name}.ts`);
    const homeless = sourceFiles("src").filter(
      (file) =>
        roomOf(file) === undefined && !isInside(file, [...GROUND, ...roof, "src/doctor/", "src/env/", "src/sandbox/"]),
    );
    expect(homeless).toEqual([]);
  });

  test("the client is wired in one file, which the public entry alone imports", () => {
    const lines = all.filter(({ target }) => target === "src/client.ts");
    expect(lines.map(({ file }) => file)).toEqual(["src/index.ts"]);
  });

  test("raw knows Telegram by type alone", () => {
    const lines = all.filter((line) => line.file === "src/raw.ts" && !line.typeOnly && isOurs(line));
    expect(offenders(lines, ({ target }) => isInside(target, [...GROUND, ...PURE_TELEGRAM]))).toEqual([]);
  });

  test("no two files need each other at run time", () => {
    const loads = new Map<string, string[]>();
    for (const line of all) {
      if (isOurs(line) && !line.typeOnly) loads.set(line.file, [...(loads.get(line.file) ?? []), line.target]);
    }
    const cycles: string[] = [];
    const done = new Set<string>();
    const follow = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (path.includes(file) || done.has(file)) return;
      for (const target of loads.get(file) ?? []) follow(target, [...path, file]);
      done.add(file);
    };
    for (const file of loads.keys()) follow(file, []);
    expect(cycles).toEqual([]);
  });
});

describe("The sandbox", () => {
  const lines = all.filter(({ file }) => file.startsWith("src/sandbox/"));

  test("imports nothing of the library it tests, not even a type", () => {
    expect(offenders(lines.filter(isOurs), ({ target }) => target.startsWith("src/sandbox/"))).toEqual([]);
  });

  test("needs nothing but Node, least of all GramJS", () => {
    const foreign = lines.filter((line) => !isOurs(line));
    expect(offenders(foreign, ({ target }) => target.startsWith("node:") || target === "zod")).toEqual([]);
  });

  test("is imported by the testing entry alone", () => {
    const outside = all.filter(
      ({ file, target }) => target.startsWith("src/sandbox/") && !file.startsWith("src/sandbox/"),
    );
    expect(offenders(outside, ({ file }) => file === "src/testing.ts")).toEqual([]);
  });
});

describe("Packages that not everybody needs", () => {
  const homes: Readonly<Record<string, RegExp>> = {
    telegram: /^src\/telegram\//,
    libsql: /^src\/(stores\/sqlite-file|files\/os-lock|session\/telethon-file)\.ts$/,
    "@napi-rs/keyring": /^src\/secrets\/key-ring\.ts$/,
    ioredis: /^src\/stores\/redis-driver\.ts$/,
  };
  for (const [name, home] of Object.entries(homes)) {
    test(`${name} is loaded in its own place alone`, () => {
      const lines = all.filter((line) => packageOf(line) === name && !line.typeOnly);
      expect(lines.length).toBeGreaterThan(0);
      expect(offenders(lines, ({ file }) => home.test(file))).toEqual([]);
    });
  }
});

describe("MCP", () => {
  const lines = ["src", "adapters"].flatMap(sourceFiles).flatMap(importsOf);

  test("is spoken by its adapters alone", () => {
    const spoken = lines.filter((line) => packageOf(line) === "@modelcontextprotocol/sdk");
    expect(spoken.length).toBeGreaterThan(0);
    expect(offenders(spoken, ({ file }) => /^adapters\/mcp(-\w+)?\//.test(file))).toEqual([]);
  });

  test("has what its adapters share beneath the adapters themselves", () => {
    const own = lines.filter(({ file, target }) => file.startsWith("adapters/mcp/") && target.startsWith("adapters/"));
    expect(offenders(own, ({ target }) => target.startsWith("adapters/mcp/"))).toEqual([]);
  });
});

describe("What may be read", () => {
  /** Each has found its chats before, and asks for one of them again. */
  const AGAIN = ["src/read/scope.ts", "src/read/search-all.ts", "src/read/watch-catch-up.ts"];

  test("is judged in one place, through which every reading finds its chats", () => {
    const finding = [...sourceFiles("src/read"), ...sourceFiles("src/export")].filter((file) =>
      /peers\s*\.\s*resolve\(/.test(parse(file).text),
    );
    expect(finding.filter((file) => !AGAIN.includes(file))).toEqual(["src/read/find.ts"]);
  });
});

describe("The right to write", () => {
  const named = (name: string) => all.filter(({ names }) => names.includes(name)).map(({ file }) => file);

  test("is issued by the actions lifecycle alone", () => {
    expect(named("issueClaim")).toEqual(["src/actions/claimed-writes.ts"]);
  });

  test("to log in is issued by the login flows alone", () => {
    expect(named("issuePermit")).toEqual(["src/login/log-in.ts"]);
  });

  test("comes from no file that hands the whole module around", () => {
    const lines = all.filter(({ target, typeOnly }) => target === "src/claim.ts" && !typeOnly);
    expect(offenders(lines, ({ names }) => names.length > 0)).toEqual([]);
  });
});

describe("The public API", () => {
  const entries = sourceFiles("src").filter((file) => /^src\/(index|sqlite|redis|testing|mcp-\w+)\.ts$/.test(file));

  test.each(entries)("%s re-exports by name and does nothing else", (file) => {
    const other = parse(file).statements.filter(
      (statement) =>
        !(
          ts.isExportDeclaration(statement) &&
          statement.exportClause !== undefined &&
          ts.isNamedExports(statement.exportClause)
        ),
    );
    expect(other.map((statement) => statement.getText())).toEqual([]);
  });

  test("is all that adapters and examples use", () => {
    const lines = ["adapters", "examples"].flatMap(sourceFiles).flatMap(importsOf);
    const reachesIn = /^src\/|^(\.\.\/)*dist\//;
    expect(offenders(lines, ({ target }) => !reachesIn.test(target))).toEqual([]);
    const own = lines.filter((line) => packageOf(line) === "tg-guarded");
    expect(
      offenders(own, ({ target }) => /^tg-guarded(\/(testing|sqlite|redis|mcp-read|mcp-actions))?$/.test(target)),
    ).toEqual([]);
    expect(offenders(lines, (line) => packageOf(line) !== "telegram" || line.typeOnly)).toEqual([]);
  });
});
