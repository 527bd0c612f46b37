import { chmod, copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountOf } from "../login/desk.js";
import { runCli } from "../support/cli.js";
import { openLoginDesk, type LoginDesk } from "./login-desk.js";

let desk: LoginDesk;
let sandbox: LoginDesk["sandbox"];
let folder: LoginDesk["folder"];
let env: LoginDesk["env"];
beforeEach(async () => {
  desk = await openLoginDesk();
  ({ sandbox, folder, env } = desk);
});
afterEach(() => desk[Symbol.asyncDispose]());

const account = (nth: number) => accountOf(sandbox, nth);
const login = (nth: number, args: readonly string[] = [], more: Record<string, string> = {}) => {
  const { phone, code, password = "" } = account(nth);
  const answers = ["--phone", phone, "--code-command", `echo ${code}`, "--password-command", `echo ${password}`];
  return runCli(["login", ...answers, ...args], { ...env, ...more });
};
const devicesOf = (nth: number): number => sandbox.world.devices(account(nth).id).length;
const asked = (): readonly string[] => sandbox.log.map(({ method }) => method);
const sessionsFolder = (): string => join(folder.file("data"), "sessions");
const kept = async (): Promise<readonly string[]> =>
  (await readdir(sessionsFolder())).filter((name) => name.endsWith(".session")).sort();

describe("A login that could not be kept", () => {
  it.each([
    [["--name", "../mine"], {}, "it has a separator of folders"],
    [[], { TG_SESSION_PATH: "/nowhere/at/all/mine.session" }, "/nowhere/at/all"],
    [["--name", "mine"], { TG_SESSIONS_DIR: "/dev/null" }, "/dev/null"],
  ])("is refused before a code is sent: %j %j", async (args, more, text) => {
    const { exitCode, stderr } = await login(0, args, more);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(text)]);
    expect(asked()).not.toContain("auth.sendCode");
  });

  it("is ended at Telegram, too", async () => {
    const before = devicesOf(0);
    const { exitCode, stderr } = await login(0, ["--name", "mine"], { TG_SESSION_ENCRYPTION: "passphrase" });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("ended at Telegram, too")]);
    expect(stderr).toContain("TG_SESSION_PASSPHRASE");
    expect(devicesOf(0)).toBe(before);
    expect(await kept()).toEqual([]);
  });
});

describe("Where a login is kept, and which session is ended", () => {
  it("a second login without a name takes one that is free", async () => {
    expect((await login(0)).exitCode).toBe(0);
    const { stdout } = await login(0);
    const { username = "" } = account(0);
    expect(stdout).toContain(`Session "${username}-2"`);
    expect(await kept()).toEqual([`${username}-2.session`, `${username}.session`]);
  });

  it("TG_SESSION_PATH is where it is kept, and what is ended, whatever was chosen", async () => {
    await login(0, ["--name", "chosen"]);
    const own = folder.file("own");
    await mkdir(own, { mode: 0o700 });
    const there = { TG_SESSION_PATH: join(own, "there.session") };
    expect((await login(1, [], there)).stdout).toContain(there.TG_SESSION_PATH);
    expect((await runCli(["sessions", "info"], { ...env, ...there })).stdout).toContain(String(account(1).id));
    const [first, second] = [devicesOf(0), devicesOf(1)];
    expect((await runCli(["logout"], { ...env, ...there })).stdout).toContain("At Telegram it is ended, too.");
    expect([devicesOf(0), devicesOf(1)]).toEqual([first, second - 1]);
    expect([await kept(), (await readdir(own)).filter((name) => name.endsWith(".session"))]).toEqual([
      ["chosen.session"],
      [],
    ]);
  });

  it("the account of the configuration file counts, not the session that was chosen", async () => {
    const config = folder.file("config.toml");
    await writeFile(config, '[accounts.work]\nSESSION_NAME = "b"\n', { mode: 0o600 });
    env["TG_CONFIG_FILE"] = config;
    await login(0, ["--name", "a"]);
    expect((await login(1, [], { TG_ACCOUNT: "work" })).stdout).toContain('Session "b"');
    expect((await runCli(["--account", "work", "logout"], env)).stdout).toContain('Session "b" is deleted.');
    expect(await kept()).toEqual(["a.session"]);
  });

  it("a session that was removed by its path is not meant any more", async () => {
    await login(0, ["--name", "a"]);
    await runCli(["logout", "--local"], { ...env, TG_SESSION_PATH: join(sessionsFolder(), "a.session") });
    expect((await runCli(["logout"], env)).stderr).toContain("Name the session");
  });

  it("a file wins over an account of the sandbox that has its name", async () => {
    const { username = "" } = account(0);
    await login(1, ["--name", username]);
    const { stdout } = await runCli(["sessions", "devices"], { ...env, SESSION_NAME: username });
    expect(stdout.split("\n").filter((line) => line !== "")).toHaveLength(devicesOf(1));
    expect(devicesOf(1)).not.toBe(devicesOf(0));
  });

  it("the folder of all users is never taken for oneself", async () => {
    const shared = folder.file("shared");
    await mkdir(shared);
    await chmod(shared, 0o1777);
    await copyFile(folder.file("info.json"), join(shared, "a.session"));
    const { stderr, exitCode } = await runCli(["sessions", "use", "a"], { ...env, TG_SESSIONS_DIR: shared });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("all users share")]);
  });
});
