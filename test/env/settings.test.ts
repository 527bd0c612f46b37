import { chmod, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { settingsOf, settingsOfAccount } from "../../src/env/settings.js";
import { tempFolder } from "../support/temp-folder.js";

const FILE = `
TG_API_ID = 12345
RATE_RPS = 2.5

[accounts.work]
SESSION_NAME = "work"
RATE_RPS = 1
TG_ACTIONS_ENABLED = true
TG_ACTIONS_ALLOWED_GROUPS = ["@ours", -1001234567890]

[accounts.home]
SESSION_NAME = "home"
`;

async function configured(text: string) {
  const folder = await tempFolder();
  const path = folder.file("config.toml");
  await writeFile(path, text, { mode: 0o600 });
  return { path, env: { TG_CONFIG_FILE: path }, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe("The configuration file", () => {
  it("stands below the environment, and the account's part above what it says for all", async () => {
    await using file = await configured(FILE);
    const work = settingsOf({ ...file.env, TG_ACCOUNT: "work", TG_ACTIONS_ENABLED: "0" });
    expect(work.env).toMatchObject({
      TG_API_ID: "12345",
      RATE_RPS: "1",
      SESSION_NAME: "work",
      TG_ACTIONS_ENABLED: "0",
      TG_ACTIONS_ALLOWED_GROUPS: "@ours,-1001234567890",
    });
    expect(work.sourceOf("TG_ACTIONS_ENABLED")).toBe("environment");
    expect(work.sourceOf("RATE_RPS")).toBe(`${file.path}, accounts.work`);
    expect(work.sourceOf("TG_API_ID")).toBe(file.path);
    expect(work.sourceOf("MAX_DM_PER_DAY")).toBeUndefined();
    expect(settingsOf(file.env).env["RATE_RPS"]).toBe("2.5");
  });

  it("keeps the accounts of one program apart, whatever the environment says", async () => {
    await using file = await configured(FILE);
    const env = { ...file.env, SESSION_NAME: "of the environment", MAX_DM_PER_DAY: "5" };
    expect(settingsOfAccount(env, "work").env).toMatchObject({
      SESSION_NAME: "work",
      RATE_RPS: "1",
      MAX_DM_PER_DAY: "5",
    });
    expect(settingsOfAccount(env, "home").env).toMatchObject({ SESSION_NAME: "home", RATE_RPS: "2.5" });
    expect(settingsOfAccount(env, "home").env["TG_ACTIONS_ENABLED"]).toBeUndefined();
  });

  it("is not hidden by an empty variable", async () => {
    await using file = await configured(FILE);
    expect(settingsOf({ ...file.env, TG_API_ID: " " }).env["TG_API_ID"]).toBe("12345");
  });

  it.each([
    ["a variable that nobody knows", "TG_ACTONS_ENABLED = true", "TG_ACTONS_ENABLED is no variable"],
    ["one in an account", "[accounts.work]\nSESION = 1", "SESION is no variable"],
    ["what is no TOML, without showing it", 'TG_API_HASH = "0123456789abcdef', "line 1 is no TOML"],
    ["a table", "[limits]\nx = 1", "limits"],
  ])("that has %s is refused", async (_, text, message) => {
    await using file = await configured(text);
    const read = () => settingsOf(file.env);
    expect(read).toThrow(expect.objectContaining({ code: "input_invalid" }) as Error);
    expect(read).toThrow(message);
    expect(read).not.toThrow("0123456789abcdef");
  });

  it("that is named and not there is refused; without a name none is needed", async () => {
    await using folder = await tempFolder();
    expect(() => settingsOf({ TG_CONFIG_FILE: folder.file("none.toml") })).toThrow("cannot be read");
    expect(settingsOf({ XDG_CONFIG_HOME: folder.path }).notices).toEqual([]);
  });

  it("has an account of the name that was asked for, or says which there are", async () => {
    await using file = await configured(FILE);
    expect(() => settingsOfAccount(file.env, "office")).toThrow(
      expect.objectContaining({ nextStep: expect.stringContaining("It has: work, home.") as string }) as Error,
    );
    expect(() => settingsOf({ TG_ACCOUNT: "work", XDG_CONFIG_HOME: "/nowhere" })).toThrow("no account work");
  });
});

describe("What a person should know of the settings", () => {
  it("are variables that have no effect, since a misspelt one could be a gate", () => {
    const { notices } = settingsOf({
      TG_ACTIONS_ALOWED_GROUPS: "@x",
      TG_ACTIONS_ENABLED: "1",
      XDG_CONFIG_HOME: "/nowhere",
    });
    expect(notices).toEqual([expect.stringContaining("TG_ACTIONS_ALOWED_GROUPS is no variable")]);
  });

  it("are secrets that others can read, by their names alone", async () => {
    await using file = await configured('TG_API_HASH = "0123456789abcdef"\nTG_API_ID = 1');
    expect(settingsOf(file.env).notices).toEqual([]);
    await chmod(file.path, 0o644);
    const { notices } = settingsOf(file.env);
    expect(notices).toEqual([expect.stringContaining("holds TG_API_HASH: chmod 600")]);
    expect(notices.join()).not.toContain("0123456789abcdef");
  });
});
