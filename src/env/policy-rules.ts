import { delimiter } from "node:path";
import { VARIABLES } from "./variables.js";

/**
 * Which of two values is the tighter one: the smaller or greater number, the smaller one above 0 where 0 means none, 1 only
 * where both say so or where either does, what both lists name, the value that stands later, or what the policy says.
 */
type Rule =
  "least" | "most" | "leastAbove0" | "both" | "either" | "among" | "fixed" | { readonly ranked: readonly string[] };

const RULES: Readonly<Record<string, Rule>> = {
  SESSION_NAME: "fixed",
  TG_SESSION_PATH: "fixed",
  TG_SESSIONS_DIR: "fixed",
  TG_SESSION_PATH_CONFLICT_MODE: { ranked: ["warn", "fail"] },
  TG_EXPECTED_USERNAME: "fixed",
  TG_EXPECTED_USER_ID: "fixed",
  TG_ALLOW_SESSION_SWITCH: "both",
  TG_SESSION_LOCK_MODE: { ranked: ["off", "shared", "exclusive"] },
  TG_SESSION_ACCEPT_VOLATILE_STORE: "both",
  TG_AUTH_BOOTSTRAP: "both",
  TG_DATA_DIR: "fixed",
  TG_STATE_URL: "fixed",
  TG_FILES_ROOTS: "among",
  TG_READ_ALLOWED_CHATS: "among",
  RATE_RPS: "least",
  TG_GLOBAL_RPS_MODE: { ranked: ["off", "local", "shared"] },
  MAX_DM_PER_DAY: "least",
  MAX_JOINS_PER_DAY: "least",
  MAX_GROUP_MSGS_PER_DAY: "least",
  MAX_GROUPS: "least",
  TG_QUOTA_TIME_ZONE: "fixed",
  TG_FLOOD_CIRCUIT_THRESHOLD_SEC: "leastAbove0",
  TG_FLOOD_CIRCUIT_COOLDOWN_SEC: "most",
  RETRY_MAX_ATTEMPTS: "least",
  SMART_PAUSE_PARTICIPANTS: "leastAbove0",
  SMART_PAUSE_DM_BATCH: "leastAbove0",
  TG_ACTIONS_ENABLED: "both",
  TG_ACTIONS_ALLOWED_GROUPS: "among",
  TG_ACTIONS_REQUIRE_ALLOWLIST: "either",
  TG_ACTIONS_APPROVER: { ranked: ["code", "auto", "terminal", "operator"] },
  TG_OPERATOR_SECRET_HASH: "fixed",
  TG_ACTIONS_MAX_MESSAGE_LEN: "least",
  TG_ACTIONS_MAX_FILE_MB: "least",
  TG_ACTIONS_REQUIRE_CONFIRMATION_TEXT: "either",
  TG_ACTIONS_CONFIRMATION_PHRASE: "fixed",
  TG_ACTIONS_MIN_CONFIRM_TEXT_LEN: "most",
  TG_ACTIONS_REQUIRE_APPROVAL_CODE: "either",
  TG_ACTIONS_APPROVAL_TTL_SEC: "least",
  TG_ACTIONS_APPROVAL_MIN_AGE_SEC: "most",
  TG_ACTIONS_IDEMPOTENCY_ENABLED: "either",
  TG_ACTIONS_IDEMPOTENCY_WINDOW_SEC: "most",
  TG_ACTIONS_BATCH_TTL_HOURS: "least",
  TG_ACTIONS_BATCH_APPROVAL_LEASE_SEC: "least",
  TG_ACTIONS_UNSAFE_OVERRIDE: "both",
};

export const isPolicyVariable = (name: string): boolean => Object.hasOwn(RULES, name);

export const POLICY_VARIABLES: readonly string[] = Object.keys(RULES);

/**
 * What counts where a policy says one thing and the environment another. A value that is none is left for who reads it, the
 * policy's first.
 */
export function tighter(name: string, bound: string, given: string): string {
  const rule = RULES[name];
  switch (rule) {
    case "least":
    case "most":
    case "leastAbove0":
      return tighterNumber(rule, bound, given);
    case "both":
      return given === "1" ? bound : given;
    case "either":
      return given === "0" ? bound : given;
    case "among":
      return namedInBoth(name, bound, given);
    case "fixed":
      return bound;
    case undefined:
      return given;
    default: {
      const [least, at] = [rule.ranked.indexOf(bound), rule.ranked.indexOf(given)];
      return least < 0 || (at >= 0 && at < least) ? bound : given;
    }
  }
}

/** What a policy says of a variable that it does not name: the default holds where there is one. */
export function unnamedBound(name: string): string | undefined {
  return name === "TG_ACTIONS_ALLOWED_GROUPS" ? "," : VARIABLES.get(name)?.default;
}

function tighterNumber(rule: "least" | "most" | "leastAbove0", bound: string, given: string): string {
  const [limit, value] = [weightOf(rule, bound), weightOf(rule, given)];
  if (!Number.isFinite(Number(bound))) return bound;
  if (Number.isNaN(value)) return given;
  return (rule === "most" ? value < limit : value > limit) ? bound : given;
}

/** Less than a millisecond is none, too, for whoever reads it. */
const weightOf = (rule: string, text: string): number => {
  const value = Number(text);
  return rule === "leastAbove0" && Math.round(value * 1000) === 0 ? Infinity : value;
};

/** As they are written: another name for the same chat is not known here, and counts as another chat. */
function namedInBoth(name: string, bound: string, given: string): string {
  const between = name === "TG_FILES_ROOTS" ? delimiter : ",";
  const allowed = new Set(entriesOf(bound, between).map(bareName));
  const both = entriesOf(given, between).filter((entry) => allowed.has(bareName(entry)));
  // An empty text would mean "not set", and with it everything.
  return both.length === 0 ? between : both.join(between);
}

const entriesOf = (text: string, between: string): readonly string[] =>
  text
    .split(between)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");

/** `@name` and name are one; case counts nowhere but in paths, where a difference is one chat or folder fewer. */
const bareName = (entry: string): string => (/[/\\:]/.test(entry) ? entry : entry.replace(/^@/, "").toLowerCase());
