import { once } from "node:events";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isAlive } from "../support/processes.js";
import type { Finding } from "tg-guarded";
import { newPatient, type Patient } from "../doctor/examined.js";
import { runCli, startCli } from "../support/cli.js";

const script = (path: string): string => fileURLToPath(new URL(`../support/mcp/${path}`, import.meta.url));
const ANSWERING = script("answering/tgmcp-read.mjs");
const ENDING = script("ending/tgmcp-actions.mjs");
const PRINTING = script("printing/tgmcp-read.mjs");
const HANGING = script("hanging/tgmcp-read.mjs");
const HALTING = script("halting/tgmcp-read.mjs");

type Env = Readonly<Record<string, string>>;
interface Entry {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Env;
  readonly cwd?: string;
}

async function configure(patient: Patient, entry: Entry): Promise<string> {
  const file = patient.fileOf(".mcp.json");
  const tg = { command: process.execPath, ...entry, env: { ...patient.env, ...entry.env } };
  await writeFile(file, JSON.stringify({ mcpServers: { tg } }));
  return file;
}

interface Probed {
  readonly exitCode: number | null;
  readonly all: string;
  /** What was found about the server by starting it, in one line each with what mends it. */
  readonly of: (level: Finding["level"], topic?: Finding["topic"]) => readonly string[];
}

/** Starts one configured server through the real command. */
async function probe(entry: Entry, flags: readonly string[] = [], env: Env = {}): Promise<Probed> {
  await using patient = await newPatient();
  const config = await configure(patient, entry);
  const { exitCode, stdout, stderr } = await runCli(["doctor", "--json", "--config", config, ...flags], {
    HOME: patient.folder,
    ...env,
  });
  expect(stderr).toBe("");
  const findings = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Finding);
  return {
    exitCode,
    all: stdout,
    of: (level, topic = "servers") =>
      findings
        .filter((found) => found.level === level && found.topic === topic && found.server === "tg")
        .map(({ text, mend }) => (mend === undefined ? text : `${text} → ${mend}`)),
  };
}

describe("A configured server that answers", () => {
  it("is told by name, time and tools, and its account by itself", async () => {
    const { of, all } = await probe({ args: [ANSWERING] });
    expect(of("ok")).toEqual([
      expect.stringMatching(/^It started and answered initialize within \d+ ms: tgmcp-read 1\.2\.3\.$/),
      "It has 2 tools.",
    ]);
    expect(of("ok", "telegram")).toEqual(["tg_auth_status: Telegram takes its session; it is @ada (5)."]);
    expect([of("fault"), of("warning"), of("note")]).toEqual([[], [], []]);
    expect(all).not.toContain("was not asked");
    expect(all).not.toContain("was not started");
  });

  it("is not asked for its account when offline", async () => {
    const { of } = await probe({ args: [ANSWERING], env: { FLAWS: "ends-when-called" } }, ["--offline"]);
    expect(of("ok")).toHaveLength(2);
    expect([...of("ok", "telegram"), ...of("fault", "telegram")]).toEqual([]);
    expect(of("note", "telegram")).toEqual([expect.stringContaining("Telegram was not asked")]);
  });

  it("is said not to have asked Telegram where it has no tool for that", async () => {
    const { of } = await probe({ args: [ANSWERING], env: { FLAWS: "no-status" } });
    expect(of("ok")).toContain("It has one tool.");
    expect(of("note", "telegram")).toEqual(["It has no tool tg_auth_status: Telegram was not asked."]);
  });

  it.each([
    [
      '{"authorized": false, "error": "The session has ended.", "next_step": "tg-guarded login --replace"}',
      "tg_auth_status: Telegram does not take its session: The session has ended. → tg-guarded login --replace",
    ],
    ['{"authorized": false}', "tg_auth_status: Telegram does not take its session. → tg-guarded login"],
    [
      "No connection could be made.",
      "tg_auth_status: Telegram does not take its session: No connection could be made. → tg-guarded login",
    ],
  ])("is believed where it says %s", async (STATUS, told) => {
    const { of, exitCode } = await probe({ args: [ANSWERING], env: { STATUS } });
    expect(of("fault", "telegram")).toEqual([told]);
    expect(exitCode).toBe(1);
  });

  it("is not believed where its status is none", async () => {
    const { of } = await probe({ args: [ANSWERING], env: { STATUS: '{"fine": true}' } });
    expect(of("fault")).toEqual([expect.stringContaining("tg_auth_status answers something else than its status.")]);
  });

  it("does not repeat what its configuration showed already", async () => {
    const STATUS = '{"authorized": false, "error": "TG_API_HASH is not set."}';
    const { of, all } = await probe({ args: [ANSWERING], env: { STATUS } });
    expect(of("fault", "configuration")).toContainEqual(expect.stringContaining("TG_API_HASH is not set."));
    expect(all.split("TG_API_HASH is not set.")).toHaveLength(2);
  });

  it("is warned about where it writes more than the protocol", async () => {
    const { of } = await probe({ args: [ANSWERING], env: { FLAWS: "prints" } });
    expect(of("ok")).toHaveLength(2);
    expect(of("warning")).toEqual([
      expect.stringContaining("what is no MCP, and some programs end it for that: Welcome!"),
    ]);
  });

  it("has the variables of its entry, put in, over the few that programs for agents pass on", async () => {
    const shown = async (STATUS: string, env: Env = {}): Promise<readonly string[]> => {
      const given = { FOLDER: script("answering"), MINE: "mine", RATE_RPS: "2" };
      const { of } = await probe({ args: ["${FOLDER}/tgmcp-read.mjs"], env: { STATUS, ...env } }, [], given);
      return of("fault", "telegram");
    };
    const error = '{"authorized": false, "error": "${env:MINE} and ${YOURS:-theirs}"}';
    expect(await shown(error)).toEqual([expect.stringContaining("mine and theirs")]);
    expect(await shown("{}", { FLAWS: "shows", SHOWN: "RATE_RPS" })).toEqual([
      expect.stringContaining("RATE_RPS=none"),
    ]);
    expect(await shown("{}", { FLAWS: "shows", SHOWN: "PATH" })).not.toEqual([expect.stringContaining("PATH=none")]);
  });

  it("is told which variables it may have to do without", async () => {
    const env = { RATE_RPS: "2", TG_EXPECTED_USER_ID: "5", XDG_DATA_HOME: "/nowhere" };
    const { of } = await probe({ args: [ANSWERING], env: { RATE_RPS: "3" } }, [], env);
    const names = "TG_EXPECTED_USER_ID, XDG_DATA_HOME";
    expect(of("note")).toEqual([expect.stringMatching(new RegExp(`^Set in this environment alone.*: ${names}\\. →`))]);
  });
});

describe("A configured server that fails", () => {
  it("is told by its command where that is not found", async () => {
    const { of, exitCode } = await probe({ command: "tgmcp-read" });
    expect(of("fault")).toEqual([
      'The command tgmcp-read was not found. → Name its whole path, or let npx find it: "command": "npx", "args": ["-y", "-p", "tg-guarded", "tgmcp-read"]',
    ]);
    expect(exitCode).toBe(1);
    const wrong = await probe({ command: "/nowhere/tgmcp-actions" });
    expect(wrong.of("fault")).toEqual([
      expect.stringMatching(/^The command \/nowhere\/tgmcp-actions was not found\. → Correct/),
    ]);
    const npx = await probe({ command: "npx", args: ["tgmcp"], env: { PATH: "/nowhere" } });
    expect(npx.of("fault")).toEqual([expect.stringMatching(/^The command npx was not found\. → Install Node\.js/)]);
  });

  it("is told by what keeps the system from starting it", async () => {
    await using patient = await newPatient();
    const file = patient.fileOf("tgmcp-read");
    await writeFile(file, "");
    await chmod(file, 0o600);
    const refused = await probe({ command: file });
    expect(refused.of("fault")).toEqual([
      `The system refuses to start the command ${file} (EACCES). → chmod +x '${file}'`,
    ]);
    const nowhere = await probe({ args: [ANSWERING], cwd: "/nowhere" });
    expect(nowhere.of("fault")).toEqual(["Its working folder /nowhere is not there. → Correct its cwd."]);
  });

  it("is told by how it ended, and what it wrote last", async () => {
    const { of } = await probe({ args: [ENDING], env: { SAY: "one\n\n\u001b[31mtwo\u001b[0m\nthree" } });
    expect(of("fault")).toEqual([
      "It ended without an answer to initialize, with exit code 3. → Start it by hand with the same variables: it says why.",
    ]);
    expect(of("note")).toEqual(["It wrote last: one / two / three"]);
  });

  it("shows no secret that it wrote, whole or in part, nor again what was found before", async () => {
    const hash = "0123456789abcdef0123456789abcdef";
    const secrets = { TG_API_HASH: hash, TG_SESSION_PASSPHRASE: "open s3same", OTHER_TOKEN: "t0ken-of-others" };
    const split = "open \u001b[1ms3same";
    const long = `${"x".repeat(4090)} open s3same`;
    const SAY = ['error: RATE_RPS must be a number, not "x". [input_invalid]', split, long, ...Object.values(secrets)];
    const { of, all } = await probe({ args: [ENDING], env: { ...secrets, RATE_RPS: "x", SAY: SAY.join("\n") } });
    expect(of("note")).toEqual(["It wrote last: [redacted] / (a long line) / [redacted] / [redacted] / [redacted]"]);
    expect(all).not.toMatch(/s3same|t0ken|0123456789abcdef/);
    expect(all.split("RATE_RPS must be")).toHaveLength(2);
  });

  it("is told where it greets and speaks no MCP", async () => {
    const env = { SAY: "open s3same", TG_SESSION_PASSPHRASE: "open s3same" };
    const { of } = await probe({ args: [PRINTING], env }, ["--timeout", "5"]);
    expect(of("fault")).toEqual([
      expect.stringMatching(
        /^It gave no answer to initialize within 5 s; .* no MCP, and begins: Welcome! \[redacted\] → Let/,
      ),
    ]);
  });

  it.each([
    ["nothing", /^It gave no answer to tools\/list within 15 s\. → Give it more time/],
    ["error", /^It does not answer tools\/list as a server does: .*the list is lost → /],
    ["no-tools", /^It has no tools\. → /],
  ])("is told where its list of tools is %s", async (DOES, told) => {
    const flags = DOES === "nothing" ? ["--timeout", "15"] : [];
    const { of } = await probe({ args: [HALTING], env: { DOES } }, flags);
    expect(of("ok")).toEqual([expect.stringContaining("answered initialize")]);
    expect(of("fault")).toEqual([expect.stringMatching(told)]);
  });

  it("is told where it ends when it is asked for its account", async () => {
    const { of } = await probe({ args: [ANSWERING], env: { FLAWS: "ends-when-called" } });
    expect(of("fault")).toEqual([expect.stringContaining("without an answer to tg_auth_status, with exit code 4.")]);
    expect(of("note")).toEqual(["It wrote last: the tool was called"]);
  });

  it("is not started where it is a command and no server", async () => {
    const { of } = await probe({ command: "tg-guarded", args: ["logout"] });
    expect(of("fault")).toEqual([expect.stringContaining("tg-guarded is a command, and no server")]);
  });
});

const pidsIn = async (file: string): Promise<readonly string[]> =>
  (await readFile(file, "utf8").catch(() => "")).split("\n").filter((pid) => pid !== "");

describe.skipIf(process.platform === "win32")("A configured server that does not end", () => {
  it.each([
    ["that never answers", HANGING, {}],
    ["that answers", ANSWERING, { FLAWS: "stays" }],
  ])("%s is killed, and so is all that it started", async (_which, path, env) => {
    await using patient = await newPatient();
    const PIDS = patient.fileOf("pids");
    const flags = path === HANGING ? ["--timeout", "10"] : [];
    const { of } = await probe({ args: [path], env: { ...env, PIDS } }, flags);
    const pids = await pidsIn(PIDS);
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
    if (path === HANGING)
      expect(of("fault")).toEqual([expect.stringContaining("It gave no answer to initialize within 10 s.")]);
    else expect(of("warning")).toEqual([expect.stringContaining("was ended by SIGKILL")]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("is killed when the doctor is ended by %s", async (signal) => {
    await using patient = await newPatient();
    const PIDS = patient.fileOf("pids");
    const config = await configure(patient, { args: [HANGING], env: { PIDS } });
    const doctor = startCli(["doctor", "--config", config], { HOME: patient.folder });
    await expect.poll(() => pidsIn(PIDS)).toHaveLength(2);
    doctor.kill(signal);
    await once(doctor, "exit");
    expect(doctor.exitCode).toBeGreaterThan(128);
    const pids = await pidsIn(PIDS);
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });
});

describe("The MCP SDK", () => {
  const RECORD = `
    import { register } from "node:module";
    const hook = "export const resolve = async (name, context, next) => {" +
      "if (/modelcontextprotocol/.test(name)) (await import('node:fs')).writeSync(2, name + '\\\\n');" +
      "return next(name, context); };";
    register("data:text/javascript," + encodeURIComponent(hook));`;
  const watched = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(RECORD)}` };

  it("is loaded only to start a server", async () => {
    await using patient = await newPatient();
    for (const args of [["--help"], ["doctor", "--help"], ["doctor", "--offline"]]) {
      expect((await runCli(args, { ...patient.env, ...watched })).stderr).not.toContain("modelcontextprotocol");
    }
    const config = await configure(patient, { args: [ANSWERING] });
    const started = await runCli(["doctor", "--config", config], { HOME: patient.folder, ...watched });
    expect(started.stderr).toContain("modelcontextprotocol");
  });
});
