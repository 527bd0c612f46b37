import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkSessions, openSessions } from "tg-guarded";
import { newKey, stringOf } from "../session/session-desk.js";
import { runCli } from "../support/cli.js";
import { newPatient, useEnv, type Patient } from "./examined.js";

let patient: Patient;
let folder: string;
const fileOf = (name: string): string => join(folder, `${name}.session`);
const key = newKey();
beforeEach(async () => {
  patient = await newPatient();
  folder = join(patient.dataDir, "sessions");
  const sessions = openSessions({ dataDir: patient.dataDir, sessions: { encryption: "none" } });
  await sessions.write("read", key);
  await sessions.write("actions", newKey());
  await sessions.import("again", { string: stringOf(key, "telethon") });
  useEnv(patient.env);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await patient[Symbol.asyncDispose]();
});

const compare = (one: string, other: string) => checkSessions({ paths: [fileOf(one), fileOf(other)] });

describe("Two session files", () => {
  it("are apart where each is a login of its own", async () => {
    expect(await compare("read", "actions")).toMatchObject({ verdict: "apart" });
  });

  it("are one where they are one file, by whatever path, also one that nobody can read", async () => {
    await mkdir(join(patient.folder, "elsewhere"));
    const link = join(patient.folder, "elsewhere", "link.session");
    await symlink(fileOf("read"), link);
    expect(await checkSessions({ paths: [fileOf("read"), link] })).toMatchObject({ verdict: "shared" });
    await writeFile(fileOf("read"), "{");
    expect(await checkSessions({ paths: [fileOf("read"), link] })).toMatchObject({ verdict: "shared" });
  });

  it("are one where they are the same login", async () => {
    await copyFile(fileOf("read"), fileOf("copy"));
    expect(await compare("read", "copy")).toMatchObject({ verdict: "shared" });
    expect(await compare("read", "again")).toMatchObject({ verdict: "shared" });
  });

  it("cannot be told apart where one is damaged, missing or sealed", async () => {
    await writeFile(fileOf("damaged"), "{", { mode: 0o600 });
    await copyFile(fileOf("read"), fileOf("sealed"));
    const sealing = { encryption: "passphrase", passphrase: "open sesame" } as const;
    await openSessions({ dataDir: patient.dataDir, sessions: sealing }).encrypt("sealed");
    for (const name of ["damaged", "missing", "sealed"]) {
      expect(await compare("read", name)).toMatchObject({ verdict: "unknown" });
    }
    vi.stubEnv("TG_SESSION_PASSPHRASE", "open sesame");
    expect(await compare("read", "sealed")).toMatchObject({ verdict: "shared" });
  });
});

describe("tg-guarded check-sessions", () => {
  const check = (...args: string[]) => runCli(["check-sessions", ...args], patient.env);

  async function configure(read: object, actions: object, toml = false): Promise<string> {
    const path = patient.fileOf(toml ? "config.toml" : ".mcp.json");
    const table = (name: string, command: string, env: object): string =>
      `[mcp_servers.${name}]\ncommand = "${command}"\n[mcp_servers.${name}.env]\n${Object.entries(env)
        .map(([variable, value]) => `${variable} = ${JSON.stringify(value)}\n`)
        .join("")}`;
    const text = toml
      ? table("r", "tgmcp-read", read) + table("a", "tgmcp-actions", actions)
      : JSON.stringify({
          mcpServers: { r: { command: "tgmcp-read", env: read }, a: { command: "tgmcp-actions", env: actions } },
        });
    await writeFile(path, text);
    return path;
  }

  it.each([false, true])("ends with 2 and one plain sentence where both share one; as TOML: %s", async (toml) => {
    const path = await configure({ SESSION_NAME: "read" }, { TG_SESSION_PATH: fileOf("again") }, toml);
    const { exitCode, stdout, stderr } = await check("--config", path);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^The server r and the server a share a session: the same login in two places\.\n/);
  });

  it.each([
    [{ SESSION_NAME: "read" }, { SESSION_NAME: "actions" }, 0],
    [{ SESSION_NAME: "read" }, { SESSION_NAME: "read" }, 2],
    [{ SESSION_NAME: "read" }, { SESSION_NAME: "actions", TG_READ_SESSION_PATH: "ACTIONS" }, 2],
    [{ TG_READ_SESSION_PATH: "ACTIONS" }, { SESSION_NAME: "actions" }, 2],
    [{ SESSION_NAME: "read" }, { SESSION_NAME: "nobody" }, 1],
    [{ SESSION_NAME: "read" }, {}, 1],
    [{ SESSION_NAME: "read" }, { SESSION_NAME: "read", TG_DATA_DIR: "/nowhere" }, 1],
    [{ SESSION_NAME: "read" }, { SESSION_NAME: "actions", TG_SESSIONS_DIR: "FOLDER", TG_DATA_DIR: "/nowhere" }, 0],
  ])("takes the session from each server's own variables: %j, %j", async (read, actions, expected) => {
    const placed = (env: object): object =>
      JSON.parse(JSON.stringify(env).replace("ACTIONS", fileOf("actions")).replace("FOLDER", folder)) as object;
    const { exitCode } = await check("--config", await configure(placed(read), placed(actions)));
    expect(exitCode).toBe(expected);
  });

  it("says in plain words that a server names no session, and what to do", async () => {
    const { stderr } = await check("--config", await configure({}, { SESSION_NAME: "actions" }));
    expect(stderr.split("\n").slice(0, 2)).toEqual([
      "Whether a session is shared cannot be told: The server r names no session.",
      expect.stringContaining("Set SESSION_NAME or TG_SESSION_PATH there"),
    ]);
  });

  it("takes two paths, and nothing else", async () => {
    expect((await check(fileOf("read"), fileOf("actions"))).exitCode).toBe(0);
    expect((await check(fileOf("read"), fileOf("again"))).exitCode).toBe(2);
    expect((await check(fileOf("read"), fileOf("missing"))).exitCode).toBe(1);
    for (const args of [[], [fileOf("read")], ["a", "b", "c"], ["a", "--config", "b"]]) {
      const { exitCode, stderr } = await check(...args);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("give two paths, or --config FILE")]);
    }
  });

  it("cannot tell where nothing of this package is configured", async () => {
    const path = patient.fileOf("other.json");
    await writeFile(path, '{"mcpServers": {}}');
    expect((await check("--config", path)).exitCode).toBe(1);
    expect((await check("--config", patient.fileOf("missing.json"))).exitCode).toBe(1);
  });
});
