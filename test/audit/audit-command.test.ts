import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { auditCommand } from "../../adapters/cli/audit-command.js";
import { AuditDesk, trailIn } from "../../src/audit/desk.js";
import { storeIdOf } from "../../src/stores/store-id.js";
import { openAuditTrail } from "../../src/audit/trail.js";
import { tempFolder } from "../support/temp-folder.js";

afterEach(() => {
  process.exitCode = undefined;
});

/** Two accounts with a trail each in one data folder, and the command on it. */
async function trails(dataDir: string) {
  const store = memoryStore();
  const storeId = await storeIdOf(store);
  const kept = { ...store, close: () => Promise.resolve() };
  for (const account of ["a1b2:777", "a1b2:888"]) {
    const trail = openAuditTrail(trailIn({ dataDir, store, storeId, account }));
    for (const event of ["preview", "claimed", "done"] as const)
      await trail.append({ event, actionId: `act-${account}` });
  }
  const pathOf = (account: string): string => trailIn({ dataDir, store, storeId, account }).path;
  const run = async (...args: string[]): Promise<string> => {
    let output = "";
    const open = () => Promise.resolve(new AuditDesk({ store: kept, dataDir }));
    const write = (text: string): void => {
      output += text;
    };
    await auditCommand({ open, write }).parseAsync(args, { from: "user" });
    return output;
  };
  return { run, pathOf };
}

describe("tg-guarded audit", () => {
  test("verifies every account's trail", async () => {
    await using folder = await tempFolder();
    const { run } = await trails(folder.path);
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
    const { run, pathOf } = await trails(folder.path);
    await writeFile(pathOf("a1b2:777"), "nothing\n");
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
    const { run, pathOf } = await trails(folder.path);
    await mkdir(folder.file("audit"), { recursive: true });
    await copyFile(pathOf("a1b2:777"), pathOf("another"));
    expect(await run("verify")).toContain(`${pathOf("another")}, line 1: no head`);
    expect(process.exitCode).toBe(1);
  });

  test("leaves the trails of another state store to that one, and says so", async () => {
    await using folder = await tempFolder();
    await trails(folder.path);
    const { run } = await trails(folder.path);
    const told = await run("verify");
    expect(told.match(/written with another state store/g)).toHaveLength(2);
    expect(told.match(/whole, 3 lines/g)).toHaveLength(2);
    expect(process.exitCode).toBeUndefined();
  });

  test("shows the last lines", async () => {
    await using folder = await tempFolder();
    const { run } = await trails(folder.path);
    const lines = (await run("show", "--last", "2")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { n: 2, event: "claimed", actionId: "act-a1b2:888" },
      { n: 3, event: "done", actionId: "act-a1b2:888" },
    ]);
  });
});
