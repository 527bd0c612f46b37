import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSessions } from "tg-guarded";
import { afterEach, expect, it, vi } from "vitest";
import { envContext } from "../../adapters/mcp/env-context.js";
import { newPatient, useEnv } from "../doctor/examined.js";
import { newKey } from "../session/session-desk.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const KNOWN = { TG_API_ID: "1", TG_API_HASH: "hash" };
const CONFIG = '[accounts.away]\nSESSION_NAME = "work"\n';

it.each([
  ["chosen for all", {}, "home"],
  ["named", { SESSION_NAME: "work" }, "work"],
  ["of the account that is named", { TG_ACCOUNT: "away" }, "work"],
  ["a file", { SESSION_NAME: "work", TG_SESSION_PATH: "/x/y.session" }, undefined],
  ["the reading side's file", { SESSION_NAME: "work", TG_READ_SESSION_PATH: "/x/y.session" }, undefined],
  ["named, beside the acting side's file", { SESSION_NAME: "work", TG_ACTIONS_SESSION_PATH: "/x/y.session" }, "work"],
  ["one of variables that are wrong", { SESSION_NAME: "work", RATE_RPS: "fast" }, undefined],
])("The session in use that is %s: %j", async (_, env, expected) => {
  await using patient = await newPatient();
  const config = join(patient.env["XDG_CONFIG_HOME"] ?? "", "tg-guarded");
  await mkdir(config, { recursive: true });
  await writeFile(join(config, "config.toml"), CONFIG, { mode: 0o600 });
  const sessions = openSessions({ dataDir: patient.dataDir, sessions: { encryption: "none" } });
  await sessions.write("home", newKey());
  await sessions.write("work", newKey());
  await sessions.use("home");
  useEnv({ ...patient.env, ...KNOWN, ...env });
  const context = envContext({ plane: "read", overrides: () => ({}) });
  expect(await context.sessions.current()).toBe(expected);
  expect(await context.sessions.list()).toEqual(["home", "work"]);
});
