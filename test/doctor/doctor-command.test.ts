import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "tg-guarded";
import { examineClock } from "../../src/doctor/clock.js";
import { examineNode } from "../../src/doctor/node-version.js";
import { runCli } from "../support/cli.js";
import { cliAtTerminal } from "../support/pseudo-terminal.js";
import { loggedIn, newPatient } from "./examined.js";

const parsed = (stdout: string): readonly Finding[] =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Finding);

describe("tg-guarded doctor", () => {
  it("ends with 0 where there is no fault, and prints a line for each finding", async () => {
    await using patient = await loggedIn();
    const { exitCode, stdout, stderr } = await runCli(["doctor"], patient.env);
    expect([exitCode, stderr]).toEqual([0, ""]);
    for (const line of stdout.trimEnd().split("\n")) {
      expect(line).toMatch(/^((ok|note|warning) +[a-z]+ {2,}\S|\s+→ \S)/);
    }
    expect(stdout).not.toContain("\u001b");
  });

  it("ends with 1 where there is one, and says below it what mends it", async () => {
    await using patient = await newPatient();
    const { exitCode, stdout } = await runCli(["doctor"], patient.env);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^fault {4}sessions {7}No session is chosen.*\n {24}→ tg-guarded login$/m);
  });

  it("prints JSON on demand", async () => {
    await using patient = await newPatient();
    const { exitCode, stdout } = await runCli(["doctor", "--json", "--offline"], patient.env);
    const findings = parsed(stdout);
    expect(exitCode).toBe(1);
    expect(findings[0]).toMatchObject({ topic: "node", level: "ok" });
    expect(findings.some(({ level, mend }) => level === "fault" && mend === "tg-guarded login")).toBe(true);
  });

  it("has colours on a terminal that wants them", async () => {
    await using patient = await newPatient();
    const colourful = cliAtTerminal(["doctor", "--offline"], patient.env);
    await colourful.until("No session is chosen");
    expect(await colourful.ended).toBe(1);
    expect(colourful.shown()).toContain("\u001b[31mfault");
    const plain = cliAtTerminal(["doctor", "--offline"], { ...patient.env, NO_COLOR: "1" });
    await plain.until("No session is chosen");
    expect(await plain.ended).toBe(1);
    expect(plain.shown()).not.toContain("\u001b[31m");
  });

  it("shows no secret, wherever one stands, and whatever is wrong with it", async () => {
    await using patient = await loggedIn();
    const marked = (name: string): string => `s3cret-${name}-marker`;
    const hash = "0123456789abcdef0123456789abcdef";
    const config = patient.fileOf("config.toml");
    await writeFile(config, `TG_ACTIONS_CONFIRMATION_PHRASE = "${marked("phrase")}"\n`, { mode: 0o644 });
    const [account] = patient.sandbox.info.accounts;
    const envs: Record<string, string>[] = [
      { TG_API_HASH: marked("hash"), PROXY_URL: `socks5://me:${marked("proxy")}@127.0.0.1:1` },
      { TG_SESSION_PASSPHRASE: marked("passphrase"), TG_SECRET_CMD_API_ID: `echo ${marked("command")}` },
      { TG_API_ID: hash, TG_SANDBOX: "", TG_STATE_URL: `redis://me:${marked("redis")}@127.0.0.1:1/0` },
      { TG_SESSION_PATH: account?.session ?? "", TG_SANDBOX: "", TG_API_ID: "1", TG_API_HASH: hash },
      { SESSION_NAME: account?.session ?? "" },
      { TG_CONFIG_FILE: config, TG_STATE_URL: `nonsense://me:${marked("url")}@host`, TG_API_HAHS: marked("misspelt") },
      { PROXY_URL: marked("no-proxy"), TG_SECRET_PROVIDER: "command", TG_SECRET_CMD_API_HASH: `nix ${marked("nix")}` },
    ];
    for (const env of envs) {
      const { stdout, stderr } = await runCli(["doctor", "--json"], { ...patient.env, ...env });
      expect(parsed(stdout).length).toBeGreaterThan(4);
      expect(stdout + stderr).not.toMatch(/s3cret/);
      expect(stdout + stderr).not.toContain(hash);
      expect(stdout + stderr).not.toContain(account?.session.slice(20, 60));
      expect(stdout + stderr).not.toContain(patient.sandbox.info.apiHash);
    }
  });
});

describe("tg-guarded doctor --config", () => {
  it("examines each server with its variables, and compares their sessions", async () => {
    await using patient = await loggedIn();
    const file = patient.fileOf(".mcp.json");
    const server = (command: string, env: object): object => ({ command, env: { ...patient.env, ...env } });
    const write = (read: object, actions: object): Promise<void> =>
      writeFile(
        file,
        JSON.stringify({
          mcpServers: {
            r: server("tgmcp-read", { ...read, PATH: "/nowhere" }),
            a: server("tgmcp-actions", { ...actions, PATH: "/nowhere" }),
          },
        }),
      );
    await write({ TG_NONSENSE: "1" }, { RATE_RPS: "x" });
    const base = { HOME: patient.folder };
    const { exitCode, stdout } = await runCli(["doctor", "--json", "--config", file], base);
    const findings = parsed(stdout);
    expect(exitCode).toBe(1);
    const of = (name: string | undefined, level: string): readonly string[] =>
      findings.filter((finding) => finding.server === name && finding.level === level).map(({ text }) => text);
    expect(of("r", "warning")).toContainEqual(expect.stringContaining("TG_NONSENSE"));
    expect(of("r", "fault")).toEqual(["The command tgmcp-read was not found."]);
    expect(of("a", "fault")).toEqual([
      expect.stringContaining("RATE_RPS must be a number"),
      "The command tgmcp-actions was not found.",
    ]);
    expect(of(undefined, "fault")).toEqual([expect.stringContaining("share a session")]);
    expect(patient.sandbox.log).toEqual([]);
    const text = await runCli(["doctor", "--config", file], base);
    expect(text.stdout).toMatch(/^\nr\n[^]*^\na\n[^]*^\nAll of them\n/m);
  });

  it("says so where the file is none, or has no server of ours", async () => {
    await using patient = await newPatient();
    const file = patient.fileOf(".mcp.json");
    const missing = await runCli(["doctor", "--config", file], patient.env);
    expect([missing.exitCode, missing.stdout]).toEqual([1, expect.stringContaining("ENOENT")]);
    await writeFile(file, '{"mcpServers": {"other": {"command": "npx", "args": ["other"]}}}');
    const other = await runCli(["doctor", "--config", file], patient.env);
    expect([other.exitCode, other.stdout]).toEqual([1, expect.stringContaining("starts no server of tg-guarded")]);
  });

  it("goes on with the next server where one cannot be examined", async () => {
    await using patient = await newPatient();
    const file = patient.fileOf("config.toml");
    const missing = join(patient.folder, "missing.env");
    await writeFile(
      file,
      `[mcp_servers.one]\ncommand = "tgmcp"\nargs = ["--env-file", "${missing}"]\n[mcp_servers.two]\ncommand = "tgmcp-actions"\n`,
    );
    const { exitCode, stdout } = await runCli(["doctor", "--json", "--config", file], patient.env);
    expect(exitCode).toBe(1);
    const findings = parsed(stdout);
    expect(findings.some(({ server, text }) => server === "one" && text.includes(missing))).toBe(true);
    expect(findings.some(({ server, topic }) => server === "two" && topic === "data")).toBe(true);
  });
});

describe("What is judged by numbers", () => {
  it.each([
    ["20.18.9", "fault"],
    ["18.20.0", "fault"],
    ["20.19.0", "ok"],
    ["22.0.0", "ok"],
  ])("Node.js %s is %s", (version, level) => {
    expect(examineNode(version).level).toBe(level);
  });

  it.each([
    [0, "ok", "agree"],
    [1400, "ok", "agree"],
    [-10_000, "note", "10 s behind"],
    [10_000, "note", "10 s ahead of"],
    [40_000, "warning", "40 s ahead of"],
  ])("a clock that is %i ms ahead is %s", (aheadMs, level, words) => {
    const at = 1_000_500 + aheadMs;
    expect(examineClock(1000, at - 20, at + 20)).toMatchObject({
      level,
      text: expect.stringContaining(words) as string,
    });
  });
});
