import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvers, GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";
import { copies, LAB } from "./gated.js";

const WORKER = fileURLToPath(new URL("../support/send-worker.mjs", import.meta.url));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

interface Told {
  readonly outcome: string;
  readonly stderr: string;
}

/** One process that uses this code for this text. */
async function use(path: string, text: string, code: string): Promise<Told> {
  const child = spawn(process.execPath, [WORKER], { stdio: ["pipe", "pipe", "pipe"] });
  let [outcome, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (outcome += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(JSON.stringify({ options: sandbox.clientOptions(), path, text, code, chat: LAB }));
  await once(child, "close");
  return { outcome, stderr };
}

async function codeFor(path: string, text: string): Promise<string> {
  const store = sqliteStore({ path });
  const actions = { allow: [LAB], approver: approvers.code({ minAgeMs: 0 }) };
  const client = await GuardedClient.open({ ...sandbox.clientOptions(), store, actions });
  try {
    return (await client.actions.sendMessage({ chat: LAB, text })).approval.code ?? "";
  } finally {
    await client.close();
    await store.close();
  }
}

describe("An approval that sixteen processes use at once", () => {
  it("sends once, and all hear of that one message", async () => {
    await using folder = await tempFolder();
    const path = folder.file("state.sqlite");
    const text = "Sixteen at once";
    const code = await codeFor(path, text);
    const told = await Promise.all(Array.from({ length: 16 }, () => use(path, text, code)));
    expect(copies(sandbox, text)).toBe(1);
    expect(told.map(({ stderr }) => stderr).filter((stderr) => stderr !== "")).toEqual([]);
    const outcomes = told.map(({ outcome }) => JSON.parse(outcome) as { status: string; repeated: boolean });
    expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(outcomes.every(({ status }) => status === "done")).toBe(true);
    expect(new Set(told.map(({ outcome }) => /"messageId":\d+/.exec(outcome)?.[0])).size).toBe(1);
  });

  it("sends nothing for another text", async () => {
    await using folder = await tempFolder();
    const path = folder.file("state.sqlite");
    const code = await codeFor(path, "What was shown");
    const told = await Promise.all(Array.from({ length: 4 }, () => use(path, "What was not", code)));
    expect(told.map(({ outcome }) => outcome)).toEqual(["", "", "", ""]);
    for (const { stderr } of told) expect(stderr).toMatch(/approval_invalid|approval_locked/);
    expect(copies(sandbox, "What was not")).toBe(0);
  });
});
