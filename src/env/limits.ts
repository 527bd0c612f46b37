import { definedOnly } from "../defined-only.js";
import { missing, numberOf, read, shown, type Env } from "./values.js";
import type { LimitOptions } from "../options.js";

const MODES = ["shared", "local", "off"] as const;
type Mode = (typeof MODES)[number];
const isMode = (text: string): text is Mode => MODES.some((mode) => mode === text);

/** The variables about limits. Seconds become milliseconds; what is absent keeps its default. */
export function readLimits(env: Env): LimitOptions {
  const [perSecond, retryAttempts] = [numberOf(env, "RATE_RPS"), numberOf(env, "RETRY_MAX_ATTEMPTS")];
  const fields = {
    mode: readMode(env),
    perSecond,
    retryAttempts,
    directMessages: numberOf(env, "MAX_DM_PER_DAY"),
    joins: numberOf(env, "MAX_JOINS_PER_DAY"),
    groupMessages: numberOf(env, "MAX_GROUP_MSGS_PER_DAY"),
    maxGroups: numberOf(env, "MAX_GROUPS"),
    timeZone: read(env, "TG_QUOTA_TIME_ZONE"),
    floodThresholdMs: milliseconds(env, "TG_FLOOD_CIRCUIT_THRESHOLD_SEC"),
    cooldownMs: milliseconds(env, "TG_FLOOD_CIRCUIT_COOLDOWN_SEC"),
  };
  const pauses = {
    everyParticipants: numberOf(env, "SMART_PAUSE_PARTICIPANTS"),
    everyDirectMessages: numberOf(env, "SMART_PAUSE_DM_BATCH"),
  };
  return { ...definedOnly(fields), pauses: definedOnly(pauses) };
}

function readMode(env: Env): Mode | undefined {
  const text = read(env, "TG_GLOBAL_RPS_MODE");
  if (text === undefined || isMode(text)) return text;
  throw missing("TG_GLOBAL_RPS_MODE", `one of ${MODES.join(", ")}, not ${shown(text)}`);
}

function milliseconds(env: Env, name: string): number | undefined {
  const seconds = numberOf(env, name);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
