import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyFile } from "tg-guarded";
import { readActions } from "../../src/env/actions.js";
import { POLICY_VARIABLES, tighter } from "../../src/env/policy-rules.js";
import { readNamedSession } from "../../src/env/sessions.js";
import { settingsOf } from "../../src/env/settings.js";
import { VARIABLES } from "../../src/env/variables.js";
import { tempFolder } from "../support/temp-folder.js";

const POLICY = `
TG_ACTIONS_ENABLED = true
TG_ACTIONS_ALLOWED_GROUPS = ["@ours", -1001234567890]
TG_ACTIONS_APPROVER = "auto"
TG_OPERATOR_SECRET_HASH = "the person's"
TG_READ_ALLOWED_CHATS = ["@ours", "me", "kind:group"]
TG_FILES_ROOTS = ["/home/ada/out"]
MAX_DM_PER_DAY = 5
`;

async function governed(text: string) {
  const folder = await tempFolder();
  const env = { XDG_CONFIG_HOME: folder.path };
  const path = policyFile(env);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode: 0o600 });
  return { path, env, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe("The policy of the configuration folder", () => {
  it("counts where the environment says nothing, and beyond what it says where that is more", async () => {
    await using policy = await governed(POLICY);
    const alone = settingsOf(policy.env);
    expect(alone.env).toMatchObject({ TG_ACTIONS_ENABLED: "1", MAX_DM_PER_DAY: "5", TG_ACTIONS_APPROVER: "auto" });
    expect([alone.overruled, alone.policies]).toEqual([[], [policy.path]]);

    const looser = {
      TG_ACTIONS_ALLOWED_GROUPS: "@ours,@strangers",
      TG_ACTIONS_REQUIRE_APPROVAL_CODE: "0",
      TG_ACTIONS_REQUIRE_ALLOWLIST: "0",
      TG_ACTIONS_UNSAFE_OVERRIDE: "1",
      TG_ACTIONS_APPROVER: "code",
      TG_OPERATOR_SECRET_HASH: "another's",
      TG_READ_ALLOWED_CHATS: "@strangers",
      TG_FILES_ROOTS: "/",
      RATE_RPS: "40",
      MAX_DM_PER_DAY: "500",
      TG_FLOOD_CIRCUIT_THRESHOLD_SEC: "0",
    };
    const settings = settingsOf({ ...policy.env, ...looser });
    expect(settings.env).toMatchObject({
      TG_ACTIONS_ALLOWED_GROUPS: "@ours",
      TG_ACTIONS_REQUIRE_APPROVAL_CODE: "1",
      TG_ACTIONS_REQUIRE_ALLOWLIST: "1",
      TG_ACTIONS_UNSAFE_OVERRIDE: "0",
      TG_ACTIONS_APPROVER: "auto",
      TG_OPERATOR_SECRET_HASH: "the person's",
      RATE_RPS: "4",
      MAX_DM_PER_DAY: "5",
      TG_FLOOD_CIRCUIT_THRESHOLD_SEC: "300",
    });
    expect(settings.overruled).toHaveLength(Object.keys(looser).length);
    expect(settings.overruled.join()).not.toMatch(/strangers|another's|500/);
    expect(settings.sourceOf("RATE_RPS")).toBe(policy.path);
  });

  it("lets the environment take more away", async () => {
    await using policy = await governed(POLICY);
    const tighterOnes = {
      TG_ACTIONS_ENABLED: "0",
      TG_ACTIONS_ALLOWED_GROUPS: "OURS",
      TG_ACTIONS_APPROVER: "operator",
      TG_READ_ALLOWED_CHATS: "me",
      MAX_DM_PER_DAY: "1",
      RATE_RPS: "0.5",
      TG_ACTIONS_APPROVAL_MIN_AGE_SEC: "600",
    };
    const settings = settingsOf({ ...policy.env, ...tighterOnes });
    expect(settings.env).toMatchObject(tighterOnes);
    expect(settings.overruled).toEqual([]);
  });

  it("with an allowlist that names nothing of it allows nobody, not everybody", async () => {
    await using policy = await governed(POLICY);
    const { env } = settingsOf({ ...policy.env, TG_ACTIONS_ALLOWED_GROUPS: "@strangers" });
    expect(readActions(env).allow).toBeUndefined();
    expect(readActions(env).requireAllowlist).not.toBe(false);
    await using silent = await governed("TG_ACTIONS_ENABLED = true");
    expect(readActions(settingsOf({ ...silent.env, TG_ACTIONS_ALLOWED_GROUPS: "@x" }).env).allow).toBeUndefined();
  });

  it.skipIf(process.platform === "win32")("that others can read or change is refused, with what mends it", async () => {
    await using policy = await governed(POLICY);
    await chmod(policy.path, 0o644);
    expect(() => settingsOf(policy.env)).toThrow(
      expect.objectContaining({ code: "input_invalid", nextStep: `chmod 600 '${policy.path}'` }) as Error,
    );
  });

  it.each([
    ["what is no limit", "TG_API_ID = 1", "TG_API_ID is no limit"],
    ["a variable that nobody knows", "TG_ACTONS_ENABLED = true", "TG_ACTONS_ENABLED is no variable"],
    ["what is no TOML", "= 1", "no TOML"],
  ])("that holds %s is refused", async (_, text, message) => {
    await using policy = await governed(text);
    expect(() => settingsOf(policy.env)).toThrow(message);
  });

  it.each([
    ['SESSION_NAME = "work"', { SESSION_NAME: "work" }],
    ['TG_SESSION_PATH = "/own/work.session"', { TG_SESSION_PATH: "/own/work.session" }],
  ])("that says %s says which session it is, whatever else would choose one", async (text, chosen) => {
    await using policy = await governed(text);
    const others = {
      SESSION_NAME: "other",
      TG_SESSION_PATH: "/other.session",
      TG_READ_SESSION_PATH: "/other.session",
      TG_ACTIONS_SESSION_PATH: "/other.session",
    };
    const settings = settingsOf({ ...policy.env, ...others });
    const { env, overruled } = settings;
    for (const plane of ["read", "actions", undefined] as const) {
      const [named] = Object.entries(chosen).map(([name, value]) =>
        name === "SESSION_NAME" ? value : { path: value },
      );
      expect(readNamedSession(env, plane)).toEqual(named);
    }
    expect(overruled.map((notice) => notice.split(" ")[0]).sort()).toEqual(Object.keys(others).sort());
    expect(overruled.join()).not.toContain("other");
    expect(Object.keys(others).filter((name) => settings.sourceOf(name) !== undefined)).toEqual(Object.keys(chosen));
  });

  it("knows only variables that there are", () => {
    expect(POLICY_VARIABLES.filter((name) => !VARIABLES.has(name))).toEqual([]);
  });
});

describe("The tighter of two values", () => {
  const number = fc.integer({ min: 0, max: 99 }).map(String);
  const flag = fc.constantFrom("0", "1");
  const chats = fc
    .uniqueArray(fc.constantFrom("@a", "@b", "-100", "me"), { minLength: 1 })
    .map((list) => list.join(","));
  const cases = fc.oneof(
    fc.tuple(
      fc.constantFrom("RATE_RPS", "TG_ACTIONS_APPROVAL_MIN_AGE_SEC", "TG_FLOOD_CIRCUIT_THRESHOLD_SEC"),
      number,
      number,
    ),
    fc.tuple(fc.constantFrom("TG_ACTIONS_ENABLED", "TG_ACTIONS_REQUIRE_ALLOWLIST"), flag, flag),
    fc.tuple(fc.constantFrom("TG_READ_ALLOWED_CHATS"), chats, chats),
    fc.tuple(
      fc.constantFrom("TG_ACTIONS_APPROVER"),
      fc.constantFrom("code", "auto", "terminal", "operator"),
      fc.constantFrom("code", "auto", "terminal", "operator"),
    ),
  );

  it("is never looser than the policy, stays when asked again, and is what both say where they agree", () => {
    fc.assert(
      fc.property(cases, ([name, bound, given]) => {
        const value = tighter(name, bound, given);
        expect(tighter(name, bound, value)).toBe(value);
        expect(tighter(name, given, value)).toBe(value);
        expect(tighter(name, bound, bound)).toBe(bound);
      }),
    );
  });

  it("is the policy's where that is no value, so that whoever reads it says so", () => {
    expect(tighter("MAX_DM_PER_DAY", "5 a day", "1000")).toBe("5 a day");
    expect(tighter("MAX_DM_PER_DAY", "Infinity", "1000")).toBe("Infinity");
    expect(tighter("TG_ACTIONS_APPROVAL_MIN_AGE_SEC", "a minute", "0")).toBe("a minute");
    expect(tighter("TG_FLOOD_CIRCUIT_THRESHOLD_SEC", "never", "0")).toBe("never");
    expect(tighter("TG_ACTIONS_APPROVER", "Operator", "code")).toBe("Operator");
    expect(tighter("TG_ACTIONS_ENABLED", "no", "1")).toBe("no");
    expect(tighter("TG_ACTIONS_REQUIRE_ALLOWLIST", "yes", "0")).toBe("yes");
  });

  it("is not one that is so small that it rounds to none", () => {
    expect(tighter("TG_FLOOD_CIRCUIT_THRESHOLD_SEC", "300", "0.0004")).toBe("300");
    expect(tighter("TG_FLOOD_CIRCUIT_THRESHOLD_SEC", "300", "0.001")).toBe("0.001");
  });

  it("leaves what is no value for whoever reads it", () => {
    expect(tighter("RATE_RPS", "4", "fast")).toBe("fast");
    expect(tighter("RATE_RPS", "4", "-Infinity")).toBe("-Infinity");
    expect(tighter("TG_ACTIONS_ENABLED", "1", "yes")).toBe("yes");
    expect(tighter("TG_ACTIONS_APPROVER", "operator", "nobody")).toBe("nobody");
  });
});
