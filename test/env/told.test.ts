import { checkEnv } from "tg-guarded";
import { expect, it } from "vitest";
import { parseEnvOptions } from "../../src/env/option-variables.js";
import { readEnv } from "../../src/env/read-env.js";
import { settingsOf } from "../../src/env/settings.js";

const BASE = { XDG_CONFIG_HOME: "/nowhere", TG_API_ID: "1", TG_API_HASH: "hash", SESSION_NAME: "work" };

it.each([
  ["RATE_RPS", "-1"],
  ["RETRY_MAX_ATTEMPTS", "-3"],
  ["MAX_DM_PER_DAY", "1.5"],
  ["MAX_JOINS_PER_DAY", "-1"],
  ["MAX_GROUP_MSGS_PER_DAY", "1e9"],
  ["MAX_GROUPS", "0.5"],
  ["TG_QUOTA_TIME_ZONE", "Mars"],
  ["TG_FLOOD_CIRCUIT_THRESHOLD_SEC", "-1"],
  ["TG_FLOOD_CIRCUIT_COOLDOWN_SEC", "-1"],
  ["SMART_PAUSE_PARTICIPANTS", "-1"],
  ["SMART_PAUSE_DM_BATCH", "0.5"],
  ["TG_READ_ALLOWED_CHATS", "@work,kind:x"],
  ["TG_AUDIT_NAME", "a b"],
])("%s=%s is told by its name, its value and where to mend it", (name, value) => {
  const settings = settingsOf({ ...BASE, [name]: value });
  const parse = () => parseEnvOptions(readEnv(settings.env).options, settings, {});
  expect(parse).toThrow(
    expect.objectContaining({
      code: "input_invalid",
      message: expect.stringContaining(`${name} is "${value}": `) as string,
      nextStep: expect.stringContaining(`Correct ${name} (environment)`) as string,
    }) as Error,
  );
});

it("An option that the program itself has given is told by the option", () => {
  const settings = settingsOf({ ...BASE, RATE_RPS: "2" });
  const overrides = { limits: { perSecond: -1 } };
  expect(() => parseEnvOptions(readEnv(settings.env, overrides).options, settings, overrides)).toThrow(
    "options.limits.perSecond",
  );
});

it("A misspelt variable is told with the one that was meant; a word of its own with where all stand", () => {
  const { notices } = settingsOf({ ...BASE, TG_ACTIONS_ALOWED_GROUPS: "@x", TG_ZZZZZZZZZZZZZZZZ: "1", TG_UNSET: "" });
  expect(notices).toEqual([
    expect.stringMatching(/^TG_ACTIONS_ALOWED_GROUPS .*did you mean TG_ACTIONS_ALLOWED_GROUPS\?$/),
    expect.stringMatching(/^TG_ZZZZZZZZZZZZZZZZ .*env-sample/),
  ]);
});

it("checkEnv opens nothing, and tells what fromEnv would refuse", () => {
  const before = { ...process.env };
  Object.assign(process.env, BASE, { TG_SECRET_PROVIDER: "command", TG_SECRET_CMD_API_ID: "false", MAX_GROUPS: "-1" });
  try {
    expect(() => checkEnv()).toThrow("MAX_GROUPS");
    process.env["MAX_GROUPS"] = "3";
    expect(checkEnv().variable("MAX_GROUPS")).toBe("3");
    expect(checkEnv().variable("MAX_DM_PER_DAY")).toBeUndefined();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
});
