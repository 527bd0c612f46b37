import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArguments } from "../../adapters/cli/bridge/arguments.js";
import { variablesFrom } from "../../adapters/cli/bridge/set-env.js";
import { startedCommand } from "../../adapters/mcp/windows-command.js";
import { VARIABLES } from "../../src/env/variables.js";
import { startCli } from "../support/cli.js";
import { cliAtTerminal } from "../support/pseudo-terminal.js";
import { childrenOf, isAlive } from "../support/processes.js";
import { bridgeDesk, built, LAB, type BridgeDesk } from "./bridge-desk.js";

const ANSWERING = fileURLToPath(new URL("../support/mcp/answering/tgmcp-read.mjs", import.meta.url));
const parsed = (stdout: string): readonly Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

let desk: BridgeDesk;
beforeAll(async () => {
  desk = await bridgeDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const node = process.execPath;
const message = (text: string): string => JSON.stringify({ group: LAB, message_text: text });
const sent = (text: string): readonly string[] => ["tg_send_message", "--args-json", message(text)];

describe("The servers", () => {
  it("are those of this package where none is configured; their tools are listed by server", async () => {
    const { exitCode, stdout, stderr } = await desk.run(["tools"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const [reading = "", acting = ""] = stdout.split(/^(?=tgmcp-actions$)/m);
    expect(reading).toMatch(/^tgmcp-read\n(.*\n)* {2}tg_get_messages +\S/);
    expect(reading).not.toContain("tg_send_message");
    expect(acting).toMatch(/^ {2}tg_send_message +Send a message$/m);
  });

  it("are found by name with - or _, with the variables of their entry and those given, on a copy of the session", async () => {
    const shows = { command: node, args: [ANSWERING], env: { FLAWS: "shows", SHOWN: "TG_SESSION_RUNTIME_MODE" } };
    const config = await desk.configure({
      "the-reader": shows,
      the_actor: { command: node, args: [built("tgmcp-actions.js")], env: desk.env },
      other: { command: "/nowhere/other" },
    });
    const status = ["call", "tg_auth_status", "--config", config, "--server"];
    const copy = await desk.run([...status, "the_reader"]);
    expect([copy.exitCode, parsed(copy.stdout)]).toEqual([1, [{ text: "TG_SESSION_RUNTIME_MODE=copy" }]]);
    const given = await desk.run([...status, "the-reader", "--set-env", "SHOWN=MINE", "--set-env", "MINE=a=b"]);
    expect(parsed(given.stdout)).toEqual([{ text: "MINE=a=b" }]);
    const acting = await desk.run([...status, "the-actor"]);
    expect([acting.exitCode, parsed(acting.stdout)]).toEqual([0, [expect.objectContaining({ authorized: true })]]);
    const unknown = await desk.run([...status, "nobody"]);
    expect(unknown).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: `error: ${config} has no server nobody of tg-guarded: the-reader, the_actor\n`,
    });
  });

  it("are those of Codex where its configuration has some, unless the own ones are asked for", async () => {
    await mkdir(desk.file("codex"));
    const toml = `[mcp_servers.mine]\ncommand = "${node}"\nargs = ["${ANSWERING}"]\n`;
    await writeFile(desk.file("codex/config.toml"), toml);
    const env = { CODEX_HOME: desk.file("codex") };
    const { stdout } = await desk.run(["tools", "--json"], env);
    expect(parsed(stdout).map(({ server, name }) => [server, name])).toEqual([
      ["mine", "tg_auth_status"],
      ["mine", "tg_get_stats"],
    ]);
    const own = await desk.run(["tools", "--own", "--server", "tgmcp_read", "--json"], env);
    expect(parsed(own.stdout)[0]).toMatchObject({ server: "tgmcp-read", inputSchema: { type: "object" } });
  });

  it("take no variable from a command line that is secret", () => {
    const secrets = [...VARIABLES.values()].filter(({ isSecret }) => isSecret === true);
    expect(secrets.length).toBeGreaterThan(2);
    for (const { name } of secrets) {
      expect(() => variablesFrom([`${name}=s3cret`])).toThrow(new RegExp(`^${name} may hold a secret`));
      expect(() => variablesFrom([`${name}=s3cret`])).not.toThrow(/s3cret/);
    }
    expect(() => variablesFrom(["A"])).toThrow("NAME=VALUE");
    expect(variablesFrom(["TG_ACTIONS_APPROVER=operator", "A=b=c"])).toEqual({
      TG_ACTIONS_APPROVER: "operator",
      A: "b=c",
    });
  });
});

describe("A command", () => {
  it("that is a batch file on Windows is started by cmd.exe, word for word", () => {
    const { args, ...rest } = startedCommand("npx", ["-y", String.raw`C:\my files\ `, 'say "&"'], "win32");
    expect(rest).toEqual({ command: "cmd.exe", windowsVerbatimArguments: true });
    expect(args).toEqual(["/d", "/s", "/c", String.raw`"npx ^"-y^" ^"C:\my^ files\^ ^" ^"say^ \^"^&\^"^""`]);
    expect(startedCommand("node", ["a b"], "win32")).toMatchObject({ command: "node", args: ["a b"] });
    expect(startedCommand("npx", ["a b"], "linux")).toMatchObject({ command: "npx", args: ["a b"] });
  });
});

describe("A call", () => {
  it("prints what the tool answers in one line, also where its arguments come from a file, and names the files it wrote", async () => {
    await writeFile(desk.file("args.json"), JSON.stringify({ group: LAB, limit: 2 }));
    const read = await desk.run(["call", "tg_get_messages", "--args-file", desk.file("args.json")]);
    expect([read.exitCode, read.stderr]).toEqual([0, ""]);
    expect(parsed(read.stdout)).toEqual([expect.objectContaining({ count: 2 })]);
    const args = JSON.stringify({ group: LAB, limit: 3, output_file: "lab.jsonl" });
    const exported = await desk.run(["call", "tg_export_messages", "--args-json", args]);
    expect(exported).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^export of -\d+: file:\/\/\S+lab\.jsonl\n$/) as string,
    });
  });

  it("prints a failure that the tool tells, and ends with 1", async () => {
    const { exitCode, stdout, stderr } = await desk.run([
      "call",
      "tg_get_messages",
      "--args-json",
      '{"group":"@none_such"}',
    ]);
    expect([exitCode, stderr]).toEqual([1, ""]);
    expect(parsed(stdout)).toEqual([expect.objectContaining({ success: false, code: "chat_not_found" })]);
  });

  it.each([
    [["call", "tg_nothing", "--server", "tgmcp-read"], "There is no tool tg_nothing in tgmcp-read:"],
    [["call", "x", "--server", "x", "--set-env", "TG_API_HASH=s3cret"], "TG_API_HASH may hold a secret"],
    [["write-call", "tg_save_draft"], "tg_save_draft has no preview to approve"],
    [["write-call", "tg_send_message", "--args-json", '{"confirm":true}'], "asks for confirm itself"],
    [["write-call", "x", "--own", "--server", "tgmcp-read"], "this package starts no server for writing"],
  ])("%j says what is wrong", async (args, told) => {
    const { exitCode, stdout, stderr } = await desk.run(args);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(told);
    expect(stderr).not.toContain("s3cret");
  });

  it.each([
    [{ argsJson: '{"s3cret' }, "--args-json is no JSON."],
    [{ argsJson: '["s3cret"]' }, "--args-json must be a JSON object"],
    [{ argsJson: "null" }, "--args-json must be a JSON object"],
    [{ argsJson: "{}", argsFile: "x" }, "exclude each other"],
  ])("takes no arguments such as %j, and does not repeat them", async (flags, told) => {
    await expect(readArguments(flags)).rejects.toThrow(told);
    await expect(readArguments(flags)).rejects.not.toThrow("s3cret");
  });

  it("tells how a server ended that gave no answer, and not what it wrote", async () => {
    const env = { FLAWS: "ends-when-called" };
    const config = await desk.configure({ tg: { command: node, args: [ANSWERING], env } });
    const { exitCode, stdout, stderr } = await desk.run(["call", "tg_auth_status", "--config", config]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("The server tg: It ended without an answer to tg_auth_status, with exit code 4.");
    expect(stderr).not.toContain("the tool was called");
  });

  it.skipIf(process.platform === "win32")("leaves no process behind when it is stopped", async () => {
    const args = JSON.stringify({ groups: [LAB], timeout_seconds: 50 });
    const env = { ...desk.env, TG_RECEIVE_UPDATES: "1" };
    const child = startCli(["call", "tg_wait_for_messages", "--args-json", args], env);
    const before = desk.sandbox.log.length;
    await expect.poll(() => desk.sandbox.log.length).toBeGreaterThan(before);
    const servers = childrenOf(child.pid);
    expect(servers).toHaveLength(1);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([130, null]);
    expect(servers.filter(isAlive)).toEqual([]);
  });
});

describe("A write without a terminal", () => {
  it("ends after the preview where a code would be enough: nobody has said yes", async () => {
    const { exitCode, stdout, stderr } = await desk.run(["write-call", ...sent("By a code")], {
      TG_ACTIONS_APPROVER: "code",
    });
    expect(exitCode).toBe(3);
    expect(parsed(stdout)).toEqual([
      expect.objectContaining({ status: "preview", needs: ["confirm", "confirmation_text", "approval_code"] }),
    ]);
    expect(stderr).toMatch(/^Nothing was sent: a person has to say yes, at a terminal\./);
    expect(desk.copies("By a code")).toBe(0);
  });

  it("waits for the operator, and the same command goes on from there", async () => {
    const write = ["write-call", ...sent("By the operator")];
    const first = await desk.run(write);
    expect(first).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/^Nothing was sent yet\./) as string });
    const [, awaiting] = parsed(first.stdout);
    expect(awaiting).toMatchObject({ status: "awaiting_approval" });
    const approve = cliAtTerminal(["approvals", "approve", String(awaiting?.["action_id"])], desk.env);
    await approve.until('Type "send" to approve this: ');
    approve.type("send");
    expect(await approve.ended).toBe(0);
    const second = await desk.run(write);
    expect([second.exitCode, parsed(second.stdout)[1]]).toEqual([0, expect.objectContaining({ status: "done" })]);
    expect(desk.copies("By the operator")).toBe(1);
  });
});

describe("A write at a terminal", () => {
  const CODE = { TG_ACTIONS_APPROVER: "code", TG_ACTIONS_APPROVAL_MIN_AGE_SEC: "1" };
  const PHRASE = "over the harbour";

  it("shows the preview, waits, asks for a yes and for the text that confirms it, and is carried out", async () => {
    const env = { ...desk.env, ...CODE, TG_ACTIONS_CONFIRMATION_PHRASE: PHRASE };
    const terminal = cliAtTerminal(["write-call", ...sent("By a person")], env);
    await terminal.until('"status": "preview"');
    await terminal.until("It can be carried out in 1 s.");
    expect(desk.copies("By a person")).toBe(0);
    await terminal.until('Type "send" to carry this out');
    terminal.type("send");
    await terminal.until("confirm it (it is not shown): ");
    terminal.type(PHRASE);
    await terminal.until('"status": "done"');
    expect([await terminal.ended, desk.copies("By a person")]).toEqual([0, 1]);
    expect(terminal.shown()).not.toContain(PHRASE);
  });

  it("sends nothing after another word", async () => {
    const terminal = cliAtTerminal(["write-call", ...sent("Rather not")], { ...desk.env, ...CODE });
    await terminal.until('Type "send" to carry this out');
    terminal.type("y");
    await terminal.until("Nothing was sent.");
    expect([await terminal.ended, desk.copies("Rather not")]).toEqual([3, 0]);
  });

  it("shows the form of a server that asks the person in front of its host", async () => {
    const terminal = cliAtTerminal(["write-call", ...sent("By a form")], desk.env);
    await terminal.until("| By a form");
    await terminal.until('Type "send" to carry this out');
    terminal.type("send");
    await terminal.until('"status": "done"');
    expect([await terminal.ended, desk.copies("By a form")]).toEqual([0, 1]);
  });

  it("is given up by Ctrl-C at the question", async () => {
    const terminal = cliAtTerminal(
      ["call", ...sent("Stopped").map((arg) => arg.replace("}", ',"confirm":true}'))],
      desk.env,
    );
    await terminal.until('Type "send" to carry this out');
    terminal.interrupt();
    await terminal.until("Stopped.");
    expect([await terminal.ended, desk.copies("Stopped")]).toEqual([130, 0]);
  });
});
