import { GuardError, isGuardError } from "../errors.js";
import { parseInput } from "../input.js";
import { optionsSchema, type ClientOptions, type ParsedOptions } from "../options.js";
import type { Settings } from "./settings.js";
import { read, shown } from "./values.js";
import { VARIABLES } from "./variables.js";

/** The options whose limits the schema of the options knows, and not whoever reads the variable. */
const VARIABLE_OF: Readonly<Record<string, string>> = {
  "limits.perSecond": "RATE_RPS",
  "limits.retryAttempts": "RETRY_MAX_ATTEMPTS",
  "limits.directMessages": "MAX_DM_PER_DAY",
  "limits.joins": "MAX_JOINS_PER_DAY",
  "limits.groupMessages": "MAX_GROUP_MSGS_PER_DAY",
  "limits.maxGroups": "MAX_GROUPS",
  "limits.timeZone": "TG_QUOTA_TIME_ZONE",
  "limits.floodThresholdMs": "TG_FLOOD_CIRCUIT_THRESHOLD_SEC",
  "limits.cooldownMs": "TG_FLOOD_CIRCUIT_COOLDOWN_SEC",
  "limits.pauses.everyParticipants": "SMART_PAUSE_PARTICIPANTS",
  "limits.pauses.everyDirectMessages": "SMART_PAUSE_DM_BATCH",
  "read.allow": "TG_READ_ALLOWED_CHATS",
  "audit.name": "TG_AUDIT_NAME",
  apiId: "TG_API_ID",
};

/**
 * Parses options that variables have given. What is wrong is told by the variable, where it was one.
 *
 * @throws GuardError `input_invalid`
 */
export function parseEnvOptions(
  options: unknown,
  settings: Settings,
  overrides: Partial<ClientOptions>,
): ParsedOptions {
  try {
    return parseInput(optionsSchema, options, "options");
  } catch (error) {
    throw toldByVariable(error, settings, overrides);
  }
}

function toldByVariable(error: unknown, settings: Settings, overrides: Partial<ClientOptions>): unknown {
  if (!isGuardError(error, "input_invalid")) return error;
  const path = error.details.path.replace(/^options\./, "");
  const option = Object.keys(VARIABLE_OF).find((name) => path === name || path.startsWith(`${name}.`));
  const name = option === undefined ? undefined : VARIABLE_OF[option];
  const value = name === undefined ? undefined : read(settings.env, name);
  if (name === undefined || option === undefined || value === undefined || isGiven(overrides, option)) return error;
  const fault = error.message.slice(error.message.indexOf(": ") + 2);
  const isSecret = VARIABLES.get(name)?.isSecret === true;
  return new GuardError("input_invalid", `${name} is ${isSecret ? "set" : shown(value)}: ${fault}`, {
    details: { path: name },
    nextStep: `Correct ${name} (${settings.sourceOf(name) ?? "environment"}); \`tg-guarded env-sample\` tells what it takes.`,
    cause: error,
  });
}

/** Whether the program itself has named the option. */
function isGiven(overrides: Partial<ClientOptions>, option: string): boolean {
  let part: unknown = overrides;
  for (const name of option.split(".")) {
    if (typeof part !== "object" || part === null || !Object.hasOwn(part, name)) return false;
    part = Object.entries(part).find(([key]) => key === name)?.[1];
  }
  return part !== undefined;
}
