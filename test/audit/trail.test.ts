import { appendFile, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryStore, type StateStore } from "tg-guarded";
import { writeLines } from "../../src/audit/files.js";
import { addLine, markWritten, restart } from "../../src/audit/head.js";
import { lastAuditLines } from "../../src/audit/last-lines.js";
import { auditKey, openAuditTrail, type AuditTrailOptions } from "../../src/audit/trail.js";
import { verifyAuditTrail } from "../../src/audit/verify.js";
import { sqliteStore } from "tg-guarded/sqlite";
import { tempFolder } from "../support/temp-folder.js";

const ACCOUNT = "a1b2:777";
const KEY = auditKey(ACCOUNT);
const LIMIT_BYTES = 900;
/** So many lines wait for a file at the most. */
const MOST_PENDING = 256;

const entry = (nth: number) => ({
  event: "done" as const,
  actionId: `act-${nth}`,
  digest: "0123456789abcdef".repeat(4),
  operation: "sendMessage",
  targets: [{ id: -1_001_234, kind: "supergroup" as const }],
});

const trailIn = (path: string, store: StateStore = memoryStore(), limitBytes = 10_000_000): AuditTrailOptions => ({
  path,
  store,
  account: ACCOUNT,
  limitBytes,
});

async function appendAll(options: AuditTrailOptions, count: number): Promise<void> {
  const trail = openAuditTrail(options);
  for (let nth = 1; nth <= count; nth++) await trail.append(entry(nth));
}

const kindsIn = async (options: AuditTrailOptions) =>
  (await verifyAuditTrail(options)).problems.map(({ what, line }) => `${line} ${what}`);

describe("An audit trail", () => {
  test("holds a line for each entry, each with the hash of the one before, readable by its owner alone", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("audit/trail.jsonl"));
    await appendAll(options, 3);
    const lines = (await readFile(options.path, "utf8")).trimEnd().split("\n");
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed.map(({ n, actionId }) => [n, actionId])).toEqual([
      [1, "act-1"],
      [2, "act-2"],
      [3, "act-3"],
    ]);
    expect(parsed.map(({ prev }) => prev)).toEqual(["0".repeat(64), parsed[0]?.["hash"], parsed[1]?.["hash"]]);
    expect((await stat(options.path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder.file("audit"))).mode & 0o777).toBe(0o700);
    expect(await verifyAuditTrail(options)).toEqual({ ok: true, count: 3, waiting: 0, problems: [] });
  });

  test("takes ids and words alone, never a text", async () => {
    await using folder = await tempFolder();
    const trail = openAuditTrail(trailIn(folder.file("trail.jsonl")));
    await expect(trail.append({ ...entry(1), code: "Dear Anna, meet me" })).rejects.toMatchObject({
      code: "input_invalid",
    });
    const withTitle = { id: 5, kind: "user" as const, title: "Anna" };
    await trail.append({ ...entry(1), targets: [withTitle] });
    expect(await readFile(folder.file("trail.jsonl"), "utf8")).not.toContain("Anna");
  });

  test("goes on in a new file at its size, which begins with the last hash of the one before", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"), memoryStore(), LIMIT_BYTES);
    await appendAll(options, 7);
    const [first, second] = await Promise.all(
      ["trail.jsonl", "trail.2.jsonl"].map(async (name) => (await readFile(folder.file(name), "utf8")).trimEnd()),
    );
    const last = JSON.parse(first?.split("\n").at(-1) ?? "") as { hash: string };
    expect(JSON.parse(second?.split("\n")[0] ?? "")).toMatchObject({ prev: last.hash });
    expect(Buffer.byteLength(first ?? "")).toBeLessThanOrEqual(LIMIT_BYTES);
    expect(await verifyAuditTrail(options)).toMatchObject({ ok: true, count: 7 });
    expect((await lastAuditLines(options, 4)).map(({ actionId }) => actionId)).toEqual([
      "act-4",
      "act-5",
      "act-6",
      "act-7",
    ]);
  });

  test("is one chain whatever number of handles append to it at once", async () => {
    await using folder = await tempFolder();
    const stores = Array.from({ length: 4 }, () => sqliteStore({ path: folder.file("state.sqlite") }));
    const trails = stores.map((store) => trailIn(folder.file("trail.jsonl"), store, LIMIT_BYTES));
    await Promise.all([...trails, ...trails].map((options) => appendAll(options, 10)));
    const report = await verifyAuditTrail(trailIn(folder.file("trail.jsonl"), stores[0]));
    await Promise.all(stores.map((store) => store.close()));
    expect(report).toEqual({ ok: true, count: 80, waiting: 0, problems: [] });
  });
});

describe("Verifying", () => {
  test("tells which file is gone, and what the store does not know", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"), memoryStore(), LIMIT_BYTES);
    await appendAll(options, 7);
    await rename(folder.file("trail.2.jsonl"), folder.file("elsewhere"));
    const report = await verifyAuditTrail(options);
    expect(report.problems[0]).toEqual({ file: folder.file("trail.2.jsonl"), line: 1, what: "missing_file" });
    await rename(folder.file("elsewhere"), folder.file("trail.2.jsonl"));
    expect((await verifyAuditTrail(options)).ok).toBe(true);
    expect(await kindsIn({ ...options, store: memoryStore() })).toEqual(["1 no_head"]);
  });

  test("finds a cut tail, although what is left is a perfect chain", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"));
    await appendAll(options, 3);
    const whole = await readFile(options.path, "utf8");
    await writeFile(options.path, `${whole.split("\n").slice(0, 2).join("\n")}\n`);
    expect(await kindsIn(options)).toEqual(["3 cut"]);
  });

  test("finds a trail that somebody wrote anew from the beginning", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"));
    await appendAll(options, 3);
    await appendAll(
      trailIn(folder.file("forged.jsonl"), memoryStore({ clock: { now: () => 5, after: () => () => undefined } })),
      3,
    );
    await rename(folder.file("forged.jsonl"), options.path);
    expect(await kindsIn(options)).toEqual(["3 changed"]);
  });

  /** What somebody does to the lines of a file; it must leave other bytes than before. */
  const tampering = fc.oneof(
    fc.record({ do: fc.constant("byte" as const), at: fc.nat(), to: fc.nat(255) }),
    fc.record({ do: fc.constant("cut" as const), at: fc.nat(), to: fc.nat() }),
    fc.record({ do: fc.constant("swap" as const), at: fc.nat(), to: fc.nat() }),
    fc.record({ do: fc.constant("remove" as const), at: fc.nat(), to: fc.nat() }),
    fc.record({ do: fc.constant("insert" as const), at: fc.nat(), to: fc.nat() }),
  );

  function tamper(
    bytes: Buffer,
    { do: deed, at, to }: { readonly do: string; readonly at: number; readonly to: number },
  ) {
    if (deed === "byte") {
      const changed = Buffer.from(bytes);
      changed[at % bytes.length] = to;
      return changed;
    }
    if (deed === "cut") return bytes.subarray(0, at % bytes.length);
    const lines = bytes.toString("utf8").split(/(?<=\n)/);
    const [one, other] = [at % lines.length, to % lines.length];
    const [a = "", b = ""] = [lines[one], lines[other]];
    if (deed === "swap") [lines[one], lines[other]] = [b, a];
    else if (deed === "remove") lines.splice(one, 1);
    else lines.splice(one, 0, b);
    return Buffer.from(lines.join(""));
  }

  test("finds any byte changed, and any line cut off, swapped, removed or inserted, in any file", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"), memoryStore(), LIMIT_BYTES);
    await appendAll(options, 8);
    const files = ["trail.jsonl", "trail.2.jsonl", "trail.3.jsonl"].map((name) => folder.file(name));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), tampering, async (file, deed) => {
        const before = await readFile(file);
        const after = tamper(before, deed);
        fc.pre(!after.equals(before));
        await writeFile(file, after);
        expect((await verifyAuditTrail(options)).ok).toBe(false);
        await writeFile(file, before);
      }),
      { numRuns: 300 },
    );
    expect((await verifyAuditTrail(options)).ok).toBe(true);
  });

  test("reports nothing while others append", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"), memoryStore(), LIMIT_BYTES);
    await appendAll(options, 1);
    const looking = async (): Promise<void> => {
      for (let looks = 0; looks < 40; looks++) expect(await verifyAuditTrail(options)).toMatchObject({ ok: true });
    };
    await Promise.all([appendAll(options, 60), looking()]);
  });
});

describe("Appending", () => {
  test("refuses to go on with a file that was cut, changed, replaced or removed", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"));
    const trail = openAuditTrail(options);
    const refused = (reason: string) =>
      expect(trail.append(entry(9))).rejects.toMatchObject({ code: "audit_broken", details: { reason } });
    await appendAll(options, 3);
    const whole = await readFile(options.path);

    await truncate(options.path, whole.length - 100);
    await refused("cut");
    await rm(options.path);
    await refused("missing");
    await writeFile(options.path, whole);
    await appendFile(options.path, "a line of somebody else\n");
    await refused("changed");

    // Once the file is back as it was, nothing that was refused is lost.
    await writeFile(options.path, whole);
    await trail.append(entry(10));
    expect(await verifyAuditTrail(options)).toMatchObject({ ok: true, count: 7 });
  });

  test("says which file cannot be written, and brings the line along with the next one", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("audit/trail.jsonl"));
    await writeFile(folder.file("audit"), "not a folder");
    const trail = openAuditTrail(options);
    await expect(trail.append(entry(1))).rejects.toMatchObject({ code: "file_error", details: { path: options.path } });
    await rm(folder.file("audit"));
    await trail.append(entry(2));
    expect(await verifyAuditTrail(options)).toMatchObject({ ok: true, count: 2, waiting: 0 });
  });

  test("never writes over a trail that the store has forgotten", async () => {
    await using folder = await tempFolder();
    await appendAll(trailIn(folder.file("trail.jsonl")), 2);
    const before = await readFile(folder.file("trail.jsonl"));
    const store = sqliteStore({ path: folder.file("state.sqlite") });
    const forgetful = openAuditTrail(trailIn(folder.file("trail.jsonl"), store));
    await expect(forgetful.append(entry(1))).rejects.toMatchObject({ code: "audit_broken" });
    expect(await readFile(folder.file("trail.jsonl"))).toEqual(before);
    await store.close();
  });

  test("goes on in a new file by a person's decision, with all that could not be written", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"));
    const trail = openAuditTrail(options);
    await appendAll(options, 3);
    await truncate(options.path, 10);
    await expect(trail.append(entry(4))).rejects.toMatchObject({ code: "audit_broken" });
    await trail.restart();
    await trail.append(entry(5));
    expect((await lastAuditLines(options, 9)).map(({ n, actionId, event }) => [n, actionId ?? event])).toEqual([
      [4, "act-4"],
      [5, "trail_restarted"],
      [6, "act-5"],
    ]);
    expect(await verifyAuditTrail(options)).toEqual({ ok: true, count: 3, waiting: 0, problems: [] });
    expect((await stat(options.path)).size).toBe(10);
  });

  /** A trail whose file is elsewhere, with as many lines as may wait for one. */
  async function fullOfWaiting(options: AuditTrailOptions, elsewhere: string): Promise<void> {
    await appendAll(options, 3);
    await rename(options.path, elsewhere);
    const trail = openAuditTrail(options);
    for (let nth = 4; nth <= 3 + MOST_PENDING; nth++)
      await expect(trail.append(entry(nth))).rejects.toMatchObject({ details: { reason: "missing" } });
  }

  test("goes on as soon as the file is back, however many lines wait for it", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"));
    await fullOfWaiting(options, folder.file("elsewhere"));
    const trail = openAuditTrail(options);
    await expect(trail.append(entry(0))).rejects.toMatchObject({
      code: "audit_broken",
      details: { reason: "missing" },
    });
    await rename(folder.file("elsewhere"), options.path);
    expect(await verifyAuditTrail(options)).toMatchObject({ ok: true, waiting: MOST_PENDING });
    await trail.append(entry(1000));
    expect(await verifyAuditTrail(options)).toEqual({ ok: true, count: 4 + MOST_PENDING, waiting: 0, problems: [] });
  });

  test("goes on in a new file, however many lines wait for one", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"));
    await fullOfWaiting(options, folder.file("elsewhere"));
    await openAuditTrail(options).restart();
    expect(await verifyAuditTrail(options)).toEqual({ ok: true, count: 1 + MOST_PENDING, waiting: 0, problems: [] });
    expect((await lastAuditLines(options, 2)).map(({ actionId, event }) => actionId ?? event)).toEqual([
      `act-${3 + MOST_PENDING}`,
      "trail_restarted",
    ]);
  });

  test("loses no line to a restart that falls between its place and its writing", async () => {
    await using folder = await tempFolder();
    const store = memoryStore();
    const options = trailIn(folder.file("trail.jsonl"), store);
    await appendAll(options, 3);
    let restarts = 0;
    const restarted: StateStore = {
      ...store,
      async update(key, transition, how) {
        const answer = await store.update(key, transition, how);
        if (restarts++ === 0) {
          await store.update(key, restart({ account: ACCOUNT, freeFile: 2, limitBytes: 10_000_000 }));
        }
        return answer;
      },
    };
    await openAuditTrail({ ...options, store: restarted }).append(entry(4));
    await openAuditTrail(options).append(entry(5));
    expect(await verifyAuditTrail(options)).toEqual({ ok: true, count: 2, waiting: 0, problems: [] });
    expect((await lastAuditLines(options, 9)).map(({ actionId }) => actionId)).toEqual(["act-4", "act-5"]);
  });
});

describe("A process that is killed while it appends", () => {
  /** Where it dies: after so many bytes of its line, or only before it notes that the line is written. */
  const death = fc.oneof(fc.constant("nowhere" as const), fc.constant("after the file" as const), fc.nat(400));

  test("loses no line and breaks no chain, wherever it dies", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(death, { maxLength: 12 }), fc.boolean(), async (deaths, hasZeros) => {
        await using folder = await tempFolder();
        const options = trailIn(folder.file("trail.jsonl"), memoryStore(), LIMIT_BYTES);
        const { path, store } = options;
        let count = 0;
        for (const where of deaths) {
          count++;
          if (where === "nowhere") {
            await openAuditTrail(options).append(entry(count));
            continue;
          }
          const adding = { account: ACCOUNT, entry: entry(count), limitBytes: LIMIT_BYTES };
          const lines = (await store.update(KEY, addLine(adding))) ?? [];
          const last = lines.at(-1);
          if (last === undefined) throw new Error("No line.");
          // A power cut may leave a file of the right length whose last bytes never came.
          const torn = where === "after the file" ? last.text : tear(last.text, where, hasZeros);
          await writeLines(path, [...lines.slice(0, -1), { ...last, text: torn }]);
          expect(await verifyAuditTrail(options)).toMatchObject({ ok: true, count });
        }
        await openAuditTrail(options).append(entry(count + 1));
        expect(await verifyAuditTrail(options)).toMatchObject({ ok: true, count: count + 1, waiting: 0 });
        const ids = (await lastAuditLines(options, 99)).map(({ actionId }) => actionId);
        expect(ids).toEqual(Array.from({ length: count + 1 }, (_, index) => `act-${index + 1}`));
      }),
      { numRuns: 60 },
    );
  });

  const tear = (text: string, at: number, hasZeros: boolean): string =>
    text.slice(0, at) + (hasZeros ? "\0".repeat(Math.max(0, text.length - at)) : "");

  test("leaves its line to the next, and verify says that it waits", async () => {
    await using folder = await tempFolder();
    const options = trailIn(folder.file("trail.jsonl"));
    await appendAll(options, 2);
    const adding = addLine({ account: ACCOUNT, entry: entry(3), limitBytes: 10_000 });
    const lines = await options.store.update(KEY, adding);
    expect(await verifyAuditTrail(options)).toEqual({ ok: true, count: 3, waiting: 1, problems: [] });
    await options.store.update(KEY, markWritten(lines ?? []));
    expect(await kindsIn(options)).toEqual(["3 cut"]);
  });
});
