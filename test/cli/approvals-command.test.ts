import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvers, GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const CHAT = "@tidewater_lab";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** The command in a session of its own, which has no terminal, with a word on stdin that must not count. */
async function runWithoutTerminal(args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...args], { env, detached: true, stdio: ["pipe", "ignore", "pipe"] });
  child.stdin.end("send\n");
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await once(child, "close");
  return said;
}

describe("tg-guarded approvals", () => {
  it("shows what a program asks, takes a yes at a terminal alone, and rejects", async () => {
    await using folder = await tempFolder();
    const path = folder.file("state.sqlite");
    const env = { PATH: process.env["PATH"] ?? "", TG_DATA_DIR: folder.path, TG_STATE_URL: `sqlite:${path}` };
    const store = sqliteStore({ path });
    await using client = await GuardedClient.open({
      ...sandbox.clientOptions(),
      store,
      actions: { allow: [CHAT], approver: approvers.operator() },
    });
    expect((await runCli(["approvals", "list"], env)).stdout).toBe("Nothing waits for a decision.\n");

    const input = { chat: CHAT, text: "May I? \u202Eyes" };
    const { actionId } = await client.actions.sendMessage(input, { confirm: true });
    expect((await runCli(["approvals", "list"], env)).stdout).toMatch(new RegExp(`^${actionId}  sendMessage  `));
    const [line] = (await runCli(["approvals", "list", "--json"], env)).stdout.split("\n");
    expect(JSON.parse(line ?? "")).toMatchObject({ actionId, operation: "sendMessage" });
    expect((await runCli(["approvals", "show", actionId], env)).stdout).toContain("  | May I? <U+202E>yes");

    expect(await runWithoutTerminal(["approvals", "approve", actionId], env)).toContain("[approval_needs_terminal]");
    expect(await client.actions.resume(actionId)).toMatchObject({ status: "awaiting_approval" });

    expect(await runCli(["approvals", "reject", actionId], env)).toMatchObject({ exitCode: 0, stdout: "Rejected.\n" });
    await expect(client.actions.resume(actionId)).rejects.toMatchObject({ code: "approval_rejected" });
    expect((await runCli(["approvals", "show", actionId], env)).stderr).toContain("[action_unknown]");
    await store.close();
  });
});
