import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { usualMcpConfig } from "tg-guarded";
import { HOST_NAMES, HOSTS, printFor } from "../../adapters/cli/mcp-config/hosts.js";
import { serverEntries, type ServerEntry } from "../../adapters/cli/mcp-config/entry.js";
import { forCmd } from "../../adapters/cli/mcp-config/quote.js";
import { chosenSession } from "../../adapters/cli/mcp-config/sessions.js";
import { parseMcpConfig } from "../../src/doctor/mcp-config.js";
import { expandedServer, serverEnv } from "../../src/doctor/server-env.js";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

/** Anything that can be the path of a session: no control characters, and no `${`, which hosts put something in for. */
const character = fc.oneof(
  fc.constantFrom(...Array.from(" '\"\\$`%!&|<>^(){}[]#=;*?~/.-\u{1F600}\u200B\u202E\uFEFF")),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
);
const path = fc.array(character, { minLength: 1, maxLength: 20 }).map(
  (characters) =>
    `/x/${characters
      .join("")
      .replaceAll(/\p{Cc}/gu, "")
      .replaceAll(/\$\{+/g, "$")}.session`,
);
const session = fc.oneof(
  path.map((value) => ({ isPath: true, value })),
  fc.stringMatching(/^[a-z0-9_]{1,20}$/).map((value) => ({ isPath: false, value })),
);
const entries = fc
  .record({
    sessions: fc.record({ read: session, actions: session }),
    windows: fc.boolean(),
    envFile: fc.option(path, { nil: undefined }),
  })
  .map(({ sessions, windows, envFile }) =>
    serverEntries({ sessions, windows, version: "1.2.3", ...(envFile === undefined ? {} : { envFile }) }),
  );

/** What a server is started with, by whoever reads the configuration. */
const startOf = ({ name, command, args, env }: ServerEntry) => ({ name, command, args, env });

describe("What is printed for a host", () => {
  const inFiles = HOST_NAMES.flatMap((name) =>
    HOSTS[name].forms.flatMap(([format]) => (format === "command" ? [] : [[name, format] as const])),
  );

  it.each(inFiles)("%s reads, as %s, what was meant, whatever the sessions are called", (name, format) => {
    fc.assert(
      fc.property(entries, (servers) => {
        const { text } = printFor(name, servers, { windows: false, format });
        const read = parseMcpConfig(text, "file").map((server) =>
          startOf(expandedServer(server, { HOME: "/home/me" })),
        );
        expect(read).toEqual(servers.map(startOf));
        expect(parseMcpConfig(text, "file").map(({ plane }) => plane)).toEqual(["read", "actions"]);
      }),
    );
  });

  it.each(["claude-code", "codex"] as const)("%s is given the same by a shell", (name) => {
    const [all] = fc.sample(fc.array(entries, { minLength: 60, maxLength: 60 }), 1);
    const said = (all ?? []).map((servers) => printFor(name, servers, { windows: false, format: "command" }).text);
    const program = name === "codex" ? "codex" : "claude";
    const script = `${program}() { printf '%s\\0' "$@"; printf '\\0'; }\n${said.join("")}`;
    const heard = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0\0").slice(0, -1);
    const scope = name === "codex" ? [] : ["--scope", "user"];
    const wanted = (all ?? []).flat().map(({ name: server, command, args, env }) => {
      const variables = Object.entries(env).flatMap(([variable, value]) => ["--env", `${variable}=${value}`]);
      return ["mcp", "add", ...scope, server, ...variables, "--", command, ...args];
    });
    expect(heard.map((words) => words.split("\0"))).toEqual(wanted);
  });

  it("on Windows goes through the command line, which has quotation marks of its own", () => {
    const sessions = { read: chosenSession(String.raw`C:\My Files\r.session`, true) };
    const servers = serverEntries({ sessions, windows: true, version: "1.2.3" });
    expect(printFor("codex", servers, { windows: true, format: "command" }).text).toBe(
      'codex mcp add tgmcp-read --env "TG_SESSION_PATH=C:\\My Files\\r.session" -- cmd /c npx -y --package tg-guarded@1.2.3 tgmcp-read\n',
    );
    expect(forCmd(String.raw`a b\\`)).toBe(String.raw`"a b\\\\"`);
    for (const word of ["%PATH%", 'a"b', "a\nb"]) expect(() => forCmd(word)).toThrow("--format json");
  });
});

describe("The file of variables that an entry names for its host", () => {
  it("counts beneath its own variables, and may be named by a present one", async () => {
    await using folder = await tempFolder();
    await writeFile(folder.file("tg.env"), "A=of the file\nB='of the file'\n");
    const entry = { type: "stdio", command: "tgmcp-read", env: { B: "of the entry" }, envFile: "${env:FOLDER}/tg.env" };
    const [server] = parseMcpConfig(JSON.stringify({ servers: { tg: entry } }), "mcp.json");
    if (server === undefined) throw new Error("no server");
    const present = { FOLDER: folder.path, XDG_CONFIG_HOME: folder.path };
    const { env, ...rest } = expandedServer(server, present);
    expect(env).toEqual({ A: "of the file", B: "of the entry" });
    expect(rest).not.toHaveProperty("envFile");
    expect(serverEnv(server, present)).toMatchObject(env);
    expect(() => expandedServer(server, {})).toThrow(/cannot be read/);
  });
});

describe("The user's own configuration", () => {
  it("is Codex's, else Claude Code's, as far as it starts a server of ours", async () => {
    await using folder = await tempFolder();
    vi.stubEnv("HOME", folder.path);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(await usualMcpConfig({})).toBeUndefined();
    const [claude, codex] = [folder.file(".claude.json"), folder.file("codex/config.toml")];
    await writeFile(claude, '{"projects": {}}');
    expect(await usualMcpConfig({})).toBeUndefined();
    await writeFile(claude, '{"mcpServers": {"mine": {"command": "tgmcp-read"}}}');
    await mkdir(folder.file("codex"));
    await writeFile(codex, '[mcp_servers.other]\ncommand = "other"\n');
    const env = { CODEX_HOME: folder.file("codex") };
    expect(await usualMcpConfig(env)).toMatchObject({ path: claude, servers: [{ name: "mine" }] });
    await writeFile(codex, '[mcp_servers.tg]\ncommand = "tgmcp-actions"\n');
    expect(await usualMcpConfig(env)).toMatchObject({ path: codex, servers: [{ name: "tg" }] });
    await writeFile(codex, "[mcp_servers");
    await expect(usualMcpConfig(env)).rejects.toThrow("it is no TOML");
  });
});

describe("The session of a server", () => {
  it.each([
    ["work", { isPath: false, value: "work" }],
    ["/x/../y/z.session", { isPath: true, value: "/y/z.session" }],
  ])("%s is taken as %j", (text, chosen) => {
    expect(chosenSession(text, false)).toEqual(chosen);
  });

  it.each(["", "a b", "-x", "x.", "ü", "/x/${HOME}.session", "/x/a\nb.session", `1${"A".repeat(200)}`])(
    "%j is none",
    (text) => {
      expect(() => chosenSession(text, false)).toThrow();
      if (text.length > 100) expect(() => chosenSession(text, false)).not.toThrow("AAAA");
    },
  );
});

describe("tg-guarded mcp-config", () => {
  it("prints for all hosts with a heading each, read-only, with the version and nothing that allows anything", async () => {
    await using folder = await tempFolder();
    const env = { HOME: folder.path, TG_ACTIONS_ENABLED: "1", TG_API_HASH: "s3cret" };
    const { exitCode, stdout } = await runCli(["mcp-config", "--read-session", "work"], env);
    expect(exitCode).toBe(0);
    for (const name of HOST_NAMES) expect(stdout).toContain(`# ${HOSTS[name].title}: `);
    expect(stdout).toMatch(/"tg-guarded@\d+\.\d+\.\d+",\s+"tgmcp-read"/);
    expect(stdout).toContain('"SESSION_NAME": "work"');
    expect(stdout).not.toMatch(/actions|s3cret|TG_/i);
    expect(existsSync(folder.file(".config"))).toBe(false);
  });

  it("for both sides writes the policy once, for its owner alone, and says what stands in it", async () => {
    await using folder = await tempFolder();
    const env = { HOME: folder.path, XDG_CONFIG_HOME: folder.file("config") };
    const sessions = ["--read-session", folder.file("r.session"), "--actions-session", folder.file("a.session")];
    const args = ["mcp-config", "--host", "claude-code", "--profile", "full", ...sessions];
    const first = await runCli([...args, "--allow", "@lab", "--allow", "-1001"], env);
    const policy = folder.file("config/tg-guarded/policy.toml");
    expect([first.exitCode, first.stderr]).toEqual([0, expect.stringContaining(`written to ${policy}`)]);
    expect(first.stderr).toMatch(/Writing is allowed\.\n {2}Chats: @lab, -1001\n {2}Who approves: auto\n/);
    expect((await stat(policy)).mode & 0o777).toBe(0o600);
    expect(first.stdout).not.toContain("TG_ACTIONS_ENABLED");
    const [read, actions] = parseMcpConfig(first.stdout, "stdout");
    const pair = { TG_READ_SESSION_PATH: folder.file("r.session"), TG_ACTIONS_SESSION_PATH: folder.file("a.session") };
    expect(read?.env).toEqual({ TG_SESSION_PATH: folder.file("r.session"), ...pair });
    expect(actions?.env).toEqual({ TG_SESSION_PATH: folder.file("a.session"), ...pair });

    await writeFile(policy, 'TG_ACTIONS_ENABLED = false\nTG_ACTIONS_APPROVER = "operator"\n');
    const second = await runCli([...args, "--allow", "@other"], env);
    expect(second.stderr).toMatch(
      /left as it is:\n {2}Nothing may be written;.*\n {2}Chats: none\n {2}Who approves: operator\n/,
    );
    expect(second.stderr).toContain("--allow has changed nothing");
    expect(await readFile(policy, "utf8")).not.toContain("@other");
  });

  it("without a chat allows no writing", async () => {
    await using folder = await tempFolder();
    const env = { HOME: folder.path, XDG_CONFIG_HOME: folder.path };
    const { stderr } = await runCli(["mcp-config", "--profile", "actions", "--actions-session", "main"], env);
    expect(stderr).toContain("Nothing may be written");
    expect(await readFile(folder.file("tg-guarded/policy.toml"), "utf8")).toMatch(/^TG_ACTIONS_ENABLED = false$/m);
  });

  it("writes a file for its owner alone, never over one that is there unless told to", async () => {
    await using folder = await tempFolder();
    const out = folder.file(".mcp.json");
    await writeFile(folder.file("tg.env"), "RATE_RPS=2\n");
    const args = ["mcp-config", "--host", "cursor", "--env-file", folder.file("tg.env"), "--out", out];
    const env = { HOME: folder.path };
    expect(await runCli(args, env)).toMatchObject({ exitCode: 0, stdout: "" });
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(parseMcpConfig(await readFile(out, "utf8"), out)[0]?.args.slice(-2)).toEqual([
      "--env-file",
      folder.file("tg.env"),
    ]);
    await writeFile(out, '{"mcpServers": {"mine": {}}}');
    const refused = await runCli(args, env);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining("below mcpServers into its own mcpServers"),
    ]);
    expect(await readFile(out, "utf8")).toContain("mine");
    expect((await runCli([...args, "--force"], env)).exitCode).toBe(0);
    expect(await readFile(out, "utf8")).not.toContain("mine");
  });

  it("wants a session for each side, and two that differ", async () => {
    await using folder = await tempFolder();
    const env = { HOME: folder.path, TG_DATA_DIR: folder.path, XDG_CONFIG_HOME: folder.file("config") };
    await mkdir(folder.file("sessions"));
    const full = ["mcp-config", "--profile", "full", "--actions-session", "main"];
    const same = await runCli([...full, "--read-session", folder.file("sessions/main.session")], env);
    expect([same.exitCode, same.stderr]).toEqual([1, expect.stringContaining("must have a session each")]);
    const missing = await runCli(full, env);
    expect(missing.stderr).toContain("--read-session NAME");
    expect([same.stdout, missing.stdout, existsSync(folder.file("config"))]).toEqual(["", "", false]);
  });
});
