import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GuardedClient, isGuardError } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { readActions, replacedVariables } from "../../src/env/actions.js";
import { readEnv } from "../../src/env/read-env.js";

const ACCOUNT = { TG_API_ID: "1", TG_API_HASH: "hash", SESSION_NAME: "work", TG_DATA_DIR: "/data" };
const actionsOf = (env: Readonly<Record<string, string>>) => readEnv({ ...ACCOUNT, ...env }).options.actions;

describe("the TG_ACTIONS_ variables", () => {
  it("set every gate and limit that the original knows", () => {
    const options = readActions({
      TG_ACTIONS_ENABLED: "1",
      TG_ACTIONS_REQUIRE_ALLOWLIST: "1",
      TG_ACTIONS_ALLOWED_GROUPS: " @lab, -1001234567890 ,777,",
      TG_ACTIONS_MAX_MESSAGE_LEN: "100",
      TG_ACTIONS_MAX_FILE_MB: "1.5",
      TG_ACTIONS_REQUIRE_CONFIRMATION_TEXT: "0",
      TG_ACTIONS_CONFIRMATION_PHRASE: "so be it",
      TG_ACTIONS_MIN_CONFIRM_TEXT_LEN: "3",
      TG_ACTIONS_REQUIRE_APPROVAL_CODE: "0",
      TG_ACTIONS_APPROVAL_TTL_SEC: "60",
      TG_ACTIONS_APPROVAL_MIN_AGE_SEC: "5",
      TG_ACTIONS_IDEMPOTENCY_ENABLED: "0",
      TG_ACTIONS_IDEMPOTENCY_WINDOW_SEC: "10",
      TG_ACTIONS_BATCH_TTL_HOURS: "2",
      TG_ACTIONS_BATCH_APPROVAL_LEASE_SEC: "20",
      TG_ACTIONS_BATCH_RUN_LEASE_SEC: "30",
      TG_ACTIONS_UNSAFE_OVERRIDE: "1",
      TG_BLOCK_DIRECT_TELETHON_WRITE: "0",
      TG_ALLOW_DIRECT_WRITE: "1",
      TG_ENFORCE_ACTION_PROCESS: "0",
      TG_DIRECT_WRITE_ALLOWED_CONTEXTS: "actions_mcp,other",
      TG_WRITE_CONTEXT: "other",
      TG_ACTION_PROCESS: "0",
    });
    expect(options).toEqual({
      enabled: true,
      requireAllowlist: true,
      allow: ["@lab", "-1001234567890", "777"],
      maxMessageLength: 100,
      maxFileMb: 1.5,
      requireConfirmationText: false,
      confirmationPhrase: "so be it",
      minConfirmTextLength: 3,
      requireApprovalCode: false,
      approver: { mode: "code", ttlMs: 60_000, minAgeMs: 5000 },
      idempotency: false,
      idempotencyWindowMs: 10_000,
      batchTtlMs: 7_200_000,
      batchApprovalLeaseMs: 20_000,
      batchRunLeaseMs: 30_000,
      unsafeOverride: true,
      directWrites: {
        block: false,
        allow: true,
        enforceActionProcess: false,
        contexts: ["actions_mcp", "other"],
        context: "other",
        actionProcess: false,
      },
    });
  });

  it("choose who approves, and take a phrase by its hash", () => {
    const sha256 = "ab".repeat(32);
    expect(readActions({ TG_ACTIONS_CONFIRMATION_PHRASE: `sha256:${sha256}` }).confirmationPhrase).toEqual({ sha256 });
    expect(readActions({ TG_ACTIONS_APPROVER: "terminal" }).approver).toMatchObject({ mode: "terminal" });
    expect(readActions({ TG_ACTIONS_APPROVER: "operator", TG_ACTIONS_OPERATOR_WAIT_SEC: "9" }).approver).toMatchObject({
      mode: "operator",
      waitMs: 9000,
    });
  });

  it("of both spellings let the weaker one count", () => {
    const both = { TG_BLOCK_DIRECT_TELETHON_WRITE: "1", TG_BLOCK_DIRECT_WRITE: "0" };
    expect(readActions(both).directWrites).toEqual({ block: false });
    expect(readActions({ TG_ALLOW_DIRECT_TELETHON_WRITE: "1", TG_ALLOW_DIRECT_WRITE: "0" }).directWrites).toEqual({
      allow: true,
    });
  });

  it.each([
    ["TG_ACTIONS_ENABLED", "yes"],
    ["TG_ACTIONS_ALLOWED_GROUPS", "@lab,Family chat"],
    ["TG_ACTIONS_MAX_MESSAGE_LEN", "0"],
    ["TG_ACTIONS_MAX_MESSAGE_LEN", "many"],
    ["TG_ACTIONS_MAX_FILE_MB", "-1"],
    ["TG_ACTIONS_MIN_CONFIRM_TEXT_LEN", "1.5"],
    ["TG_ACTIONS_CONFIRMATION_PHRASE", "sha256:abc"],
    ["TG_ACTIONS_APPROVER", "nobody"],
    ["TG_ACTIONS_APPROVAL_TTL_SEC", "0"],
    ["TG_ACTIONS_APPROVAL_MIN_AGE_SEC", "-1"],
    ["TG_ACTIONS_IDEMPOTENCY_WINDOW_SEC", "x"],
    ["TG_ACTIONS_BATCH_TTL_HOURS", "0"],
    ["TG_BLOCK_DIRECT_WRITE", "2"],
    ["TG_ACTION_PROCESS", "no"],
  ])("say by name what is wrong: %s=%s", (name, value) => {
    try {
      readActions({ [name]: value });
      expect.unreachable();
    } catch (error) {
      expect(isGuardError(error, "input_invalid") && error.details.path).toBe(name);
    }
  });

  it("that the store has replaced are accepted and reported", () => {
    const env = { TG_ACTIONS_APPROVAL_FILE: "a.json", TG_ACTIONS_BATCH_FILE: "b.json" };
    expect(replacedVariables(env)).toEqual([
      expect.stringContaining("TG_ACTIONS_APPROVAL_FILE"),
      expect.stringContaining("TG_ACTIONS_BATCH_FILE"),
    ]);
    expect(readEnv({ ...ACCOUNT, ...env }).notices).toHaveLength(2);
    expect(replacedVariables({})).toEqual([]);
  });

  it("leave actions off unless they say otherwise, and what the program says wins", () => {
    expect(actionsOf({})).toMatchObject({ enabled: false });
    expect(actionsOf({ TG_ACTIONS_ENABLED: "1" })).toMatchObject({ enabled: true });
    const options = (env: Readonly<Record<string, string>>) =>
      readEnv({ ...ACCOUNT, ...env }, { actions: { allow: ["me"], maxFileMb: 3 } }).options.actions;
    const env = { TG_ACTIONS_ALLOWED_GROUPS: "@lab", TG_ACTIONS_MAX_MESSAGE_LEN: "7" };
    expect(options(env)).toEqual({
      allow: ["me"],
      maxFileMb: 3,
      maxMessageLength: 7,
      approver: options(env)?.approver,
    });
    expect(options({ TG_ACTIONS_ENABLED: "0" })).toMatchObject({ enabled: false });
  });
});

describe("a client of the environment", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it("without an allowlist writes nothing, and says why", async () => {
    const { options } = readEnv({ ...ACCOUNT, TG_ACTIONS_ENABLED: "1" });
    await using client = await GuardedClient.open({ ...sandbox.clientOptions(), ...definedActions(options.actions) });
    expect(client.actions.policy()).toMatchObject({ enabled: false, unsafe: [{ gate: "allow" }] });
    await expect(client.actions.sendMessage({ chat: "me", text: "Hello" })).rejects.toMatchObject({
      code: "write_denied",
      message: expect.stringContaining("The allowlist is empty.") as string,
    });
  });

  const definedActions = (actions: ReturnType<typeof actionsOf>) => (actions === undefined ? {} : { actions });
});
