import { approvers, type Approver } from "../actions/approvers.js";
import type { ConfirmationPhrase } from "../actions/confirmation-text.js";
import type { ActionsOptions, DirectWriteOptions } from "../actions/policy.js";
import { definedOnly } from "../defined-only.js";
import { flagOf, missing, numberOf, read, shown, type Env } from "./values.js";

/**
 * The variables about actions. Seconds and hours become milliseconds; what is absent keeps its default. `unnamed` approves
 * where nobody is named for it.
 */
export function readActions(env: Env, unnamed: "code" | "auto" = "code"): ActionsOptions {
  const directWrites = readDirectWrites(env);
  return definedOnly({
    enabled: flagOf(env, "TG_ACTIONS_ENABLED"),
    requireAllowlist: flagOf(env, "TG_ACTIONS_REQUIRE_ALLOWLIST"),
    allow: readAllowlist(env),
    maxMessageLength: wholeOf(env, "TG_ACTIONS_MAX_MESSAGE_LEN", 1, 4096),
    maxFileMb: positiveOf(env, "TG_ACTIONS_MAX_FILE_MB", 4000),
    requireConfirmationText: flagOf(env, "TG_ACTIONS_REQUIRE_CONFIRMATION_TEXT"),
    confirmationPhrase: readPhrase(env),
    minConfirmTextLength: wholeOf(env, "TG_ACTIONS_MIN_CONFIRM_TEXT_LEN", 1, 1000),
    requireApprovalCode: flagOf(env, "TG_ACTIONS_REQUIRE_APPROVAL_CODE"),
    approver: readApprover(env, unnamed),
    idempotency: flagOf(env, "TG_ACTIONS_IDEMPOTENCY_ENABLED"),
    idempotencyWindowMs: durationOf(env, "TG_ACTIONS_IDEMPOTENCY_WINDOW_SEC", SECOND_MS),
    batchTtlMs: durationOf(env, "TG_ACTIONS_BATCH_TTL_HOURS", HOUR_MS, 1),
    batchApprovalLeaseMs: durationOf(env, "TG_ACTIONS_BATCH_APPROVAL_LEASE_SEC", SECOND_MS, 1),
    batchRunLeaseMs: durationOf(env, "TG_ACTIONS_BATCH_RUN_LEASE_SEC", SECOND_MS, 1),
    unsafeOverride: flagOf(env, "TG_ACTIONS_UNSAFE_OVERRIDE"),
    directWrites: Object.keys(directWrites).length === 0 ? undefined : directWrites,
  });
}

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/** Variables of the original whose place the store has taken, as far as they are set. */
export const replacedVariables = (env: Env): readonly string[] =>
  ["TG_ACTIONS_APPROVAL_FILE", "TG_ACTIONS_IDEMPOTENCY_FILE", "TG_ACTIONS_BATCH_FILE"]
    .filter((name) => read(env, name) !== undefined)
    .map((name) => `${name} has no effect: approvals, actions and batches are kept in the store, see TG_STATE_URL.`);

function readAllowlist(env: Env): readonly string[] | undefined {
  const name = "TG_ACTIONS_ALLOWED_GROUPS";
  const entries = read(env, name)
    ?.split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const wrong = entries?.find((entry) => !/^(@?\w+|-\d+)$/.test(entry));
  if (wrong !== undefined) throw missing(name, `@names and ids with commas between them; "${wrong}" is neither`);
  return entries?.length === 0 ? undefined : entries;
}

/** `sha256:` and the hash in hex keeps the phrase itself out of the configuration. */
function readPhrase(env: Env): ConfirmationPhrase | undefined {
  const name = "TG_ACTIONS_CONFIRMATION_PHRASE";
  const text = read(env, name);
  if (text?.startsWith("sha256:") !== true) return text;
  const sha256 = text.slice("sha256:".length);
  if (/^[0-9a-f]{64}$/i.test(sha256)) return { sha256 };
  throw missing(name, "the phrase, or sha256: and 64 hex digits");
}

/** As long as a person in front of a host that waits may take to call the operator. */
const AUTO_WAIT_MS = 25_000;

function readApprover(env: Env, unnamed: "code" | "auto"): Approver {
  const name = "TG_ACTIONS_APPROVER";
  const mode = read(env, name) ?? unnamed;
  const ttlMs = durationOf(env, "TG_ACTIONS_APPROVAL_TTL_SEC", SECOND_MS, 1);
  const minAgeMs = durationOf(env, "TG_ACTIONS_APPROVAL_MIN_AGE_SEC", SECOND_MS);
  const waitMs = durationOf(env, "TG_ACTIONS_OPERATOR_WAIT_SEC", SECOND_MS);
  const key = read(env, "TG_OPERATOR_SECRET_HASH");
  switch (mode) {
    case "code":
      return approvers.code(definedOnly({ ttlMs, minAgeMs }));
    case "terminal":
      return approvers.terminal(definedOnly({ ttlMs }));
    case "operator":
      return approvers.operator(definedOnly({ ttlMs, waitMs, key }));
    // Where nobody knows how to ask a host, this is the operator alone.
    case "auto":
      return approvers.operator(definedOnly({ ttlMs, waitMs: waitMs ?? AUTO_WAIT_MS, key, ask: "host" as const }));
    default:
      throw missing(name, `one of auto, code, terminal, operator, not ${shown(mode)}`);
  }
}

function readDirectWrites(env: Env): DirectWriteOptions {
  return definedOnly({
    block: eitherFlag(env, "TG_BLOCK_DIRECT_TELETHON_WRITE"),
    allow: eitherFlag(env, "TG_ALLOW_DIRECT_TELETHON_WRITE"),
    enforceActionProcess: flagOf(env, "TG_ENFORCE_ACTION_PROCESS"),
    contexts: either(env, "TG_DIRECT_TELETHON_WRITE_ALLOWED_CONTEXTS")
      ?.split(",")
      .map((context) => context.trim()),
    context: read(env, "TG_WRITE_CONTEXT"),
    actionProcess: flagOf(env, "TG_ACTION_PROCESS"),
  });
}

/** The original names Telethon, which is not here; both spellings count. */
const modern = (name: string): string => name.replace("DIRECT_TELETHON_WRITE", "DIRECT_WRITE");
const either = (env: Env, name: string): string | undefined => read(env, modern(name)) ?? read(env, name);

/** Where both spellings are set, both must be sound: the weaker one counts. */
function eitherFlag(env: Env, name: string): boolean | undefined {
  const flags = [flagOf(env, name), flagOf(env, modern(name))].filter((flag) => flag !== undefined);
  if (flags.length === 0) return undefined;
  return name.startsWith("TG_BLOCK") ? flags.every(Boolean) : flags.some(Boolean);
}

function durationOf(env: Env, name: string, unitMs: number, least = 0): number | undefined {
  const value = numberOf(env, name);
  if (value === undefined) return undefined;
  if (value < 0 || value * unitMs < least || value * unitMs > Number.MAX_SAFE_INTEGER) {
    throw missing(name, `a length of time ${least > 0 ? "above 0" : "of 0 or more"}, not ${value}`);
  }
  return Math.round(value * unitMs);
}

function wholeOf(env: Env, name: string, least: number, most: number): number | undefined {
  const value = numberOf(env, name);
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  throw missing(name, `a whole number from ${least} to ${most}, not ${value}`);
}

function positiveOf(env: Env, name: string, most: number): number | undefined {
  const value = numberOf(env, name);
  if (value === undefined || (value > 0 && value <= most)) return value;
  throw missing(name, `a number above 0 and up to ${most}, not ${value}`);
}
