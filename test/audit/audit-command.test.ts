import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { auditCommand } from "../../adapters/cli/audit-command.js";
import { AuditDesk, auditPath } from "../../src/audit/desk.js";
import { openAuditTrail } from "../../src/audit/trail.js";
import { tempFolder } from "../support/temp-folder.js";

afterEach(() => {
  process.exitCode = undefined;
});

/** Two accounts with a trail each in one data folder, and the command on it. */
async function trails(dataDir: string) {
  const store = memoryStore();
  const kept = { ...store, close: () => Promise.resolve() };
  for (const account of ["a1b2:777", "a1b2:888"]) {
    const trail = openAuditTrail({ path: auditPath(dataDir, account), store, account });
    for (const event of ["preview", "claimed", "done"] as const)
      await trail.append({ event, actionId: `act-${account}` });
  }
  return async (...args: string[]): Promise<string> => {
    let output = "";
    const open = () => Promise.resolve(new AuditDesk({ store: kept, dataDir }));
    const write = (text: string): void => {
      output += text;
    };
    await auditCommand({ open, write }).parseAsync(args, { from: "user" });
    return output;
  };
}

describe("tg-guarded audit", () => {
  test("verifies every account's trail", async () => {
    await using folder = await tempFolder();
    const run = await trails(folder.path);
    const reports = (await run("verify", "--json")).trimEnd().split("\n");
    expect(reports.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { account: "a1b2:777", ok: true, count: 3, problems: [] },
      { account: "a1b2:888", ok: true, count: 3, problems: [] },
    ]);
    expect(process.exitCode).toBeUndefined();
    expect(await run("verify")).toContain("whole, 3 lines\n");
  });

  test("says what is wrong, and ends with 1, until a person begins a new file", async () => {
    await using folder = await tempFolder();
    const run = await trails(folder.path);
    await writeFile(auditPath(folder.path, "a1b2:777"), "nothing\n");
    const told = await run("verify");
    expect(told).toContain("DAMAGED");
    expect(told).toContain("line 1: unreadable");
    expect(process.exitCode).toBe(1);
    expect(await run("restart")).toBe("A new file begins for: a1b2:777\n");
    expect(await run("verify")).not.toContain("DAMAGED");
    expect(await run("restart")).toBe("No trail is damaged.\n");
  });

  test("finds a trail that the store does not know", async () => {
    await using folder = await tempFolder();
    const run = await trails(folder.path);
    await mkdir(folder.file("audit"), { recursive: true });
    await copyFile(auditPath(folder.path, "a1b2:777"), folder.file("audit/another.jsonl"));
    expect(await run("verify")).toContain("another.jsonl, line 1: no head");
    expect(process.exitCode).toBe(1);
  });

  test("shows the last lines", async () => {
    await using folder = await tempFolder();
    const run = await trails(folder.path);
    const lines = (await run("show", "--last", "2")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { n: 2, event: "claimed", actionId: "act-a1b2:888" },
      { n: 3, event: "done", actionId: "act-a1b2:888" },
    ]);
  });
});
