import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { isGuardError, Redacted } from "tg-guarded";
import { readEnv } from "../../src/env/read-env.js";
import { tempFolder } from "../support/temp-folder.js";

const ACCOUNT = { TG_API_ID: "1", TG_API_HASH: "hash", TG_DATA_DIR: "/data", SESSION_NAME: "work" };
const read = (env: Readonly<Record<string, string>>, plane?: "read" | "actions") =>
  readEnv({ ...ACCOUNT, ...env }, plane === undefined ? {} : { sessions: { plane } });

describe("the variables about sessions", () => {
  it("say where sessions are and how they are used", () => {
    expect(
      read({
        TG_SESSIONS_DIR: "/sessions",
        TG_SESSION_LOCK_MODE: "exclusive",
        TG_SESSION_RUNTIME_MODE: "direct",
        TG_SESSION_ENCRYPTION: "keyring",
        TG_SESSION_ACCEPT_VOLATILE_STORE: "1",
        TG_EXPECTED_USERNAME: "@ada",
        TG_EXPECTED_USER_ID: "7",
        TG_READ_SESSION_PATH: "/r",
        TG_ACTIONS_SESSION_PATH: "/a",
        TG_SESSION_PATH_CONFLICT_MODE: "fail",
        TG_SESSION_CONFLICT_REGISTRY_FILE: "/registry",
      }).options.sessions,
    ).toEqual({
      dir: "/sessions",
      lock: "exclusive",
      runtime: "direct",
      encryption: "keyring",
      acceptVolatileStore: true,
      expect: { id: 7, username: "@ada" },
      conflict: { mode: "fail", readPath: "/r", actionsPath: "/a", registry: "/registry" },
    });
    expect(read({}).options.sessions).toEqual({});
  });

  it("refuse what they do not know", () => {
    for (const [name, value] of [
      ["TG_SESSION_LOCK_MODE", "some"],
      ["TG_SESSION_RUNTIME_MODE", "move"],
      ["TG_SESSION_ENCRYPTION", "rot13"],
      ["TG_SESSION_PATH_CONFLICT_MODE", "ignore"],
      ["TG_EXPECTED_USER_ID", "-7"],
      ["TG_SESSION_ACCEPT_VOLATILE_STORE", "yes"],
    ] as const) {
      let thrown: unknown;
      try {
        read({ [name]: value });
      } catch (error) {
        thrown = error;
      }
      expect(isGuardError(thrown, "input_invalid") && thrown.details.path).toBe(name);
    }
  });

  it("are not repeated where they may be a secret in the wrong place", () => {
    const secret = "0123456789abcdef0123456789abcdef";
    const messages = ["TG_API_ID", "TG_SESSION_ENCRYPTION", "TG_SESSION_ACCEPT_VOLATILE_STORE", "RATE_RPS"].map(
      (name) => {
        try {
          read({ [name]: secret });
          return "accepted";
        } catch (error) {
          return String(error);
        }
      },
    );
    for (const message of messages)
      expect([message.includes("must be"), message.includes(secret)]).toEqual([true, false]);
    expect(() => read({ TG_API_ID: "x" })).toThrow("TG_API_ID must be the number from https://my.telegram.org.");
  });

  it("tell what has no effect", () => {
    expect(read({ TG_SESSION_RUNTIME_PROFILE: "actions_bridge" }).notices).toEqual([
      expect.stringContaining("TG_SESSION_RUNTIME_PROFILE has no effect"),
    ]);
  });

  it("take the passphrase from the environment or from a command", async () => {
    const { passphrase } = read({ TG_SESSION_PASSPHRASE: "open sesame" }).options.sessions ?? {};
    expect(passphrase instanceof Redacted && passphrase.expose()).toBe("open sesame");
    const command = read({ TG_SECRET_CMD_SESSION_PASSPHRASE: "echo open sesame" }).options.sessions?.passphrase;
    const told = typeof command === "function" ? await command() : undefined;
    expect(told instanceof Redacted && told.expose()).toBe("open sesame");
  });

  it("name the session: by path, by the plane's path, by name, by the default that was chosen", async () => {
    await using folder = await tempFolder();
    const paths = { TG_READ_SESSION_PATH: "/r", TG_ACTIONS_SESSION_PATH: "/a" };
    expect(read({ ...paths, TG_SESSION_PATH: "/p" }, "read").options.session).toEqual({ path: "/p" });
    expect(read(paths, "read").options.session).toEqual({ path: "/r" });
    expect(read(paths, "actions").options.session).toEqual({ path: "/a" });
    expect(read(paths).options.session).toBe("work");
    await mkdir(folder.file("data"));
    await writeFile(folder.file("data/default-session"), "home\n");
    const chosen = { TG_DATA_DIR: folder.file("data"), SESSION_NAME: "" };
    expect(read(chosen).options.session).toBe("home");
    const missing = { code: "input_invalid", nextStep: expect.stringContaining("SESSION_NAME") as string };
    expect(() => read({ SESSION_NAME: "" })).toThrow(expect.objectContaining(missing) as Error);
  });
});
