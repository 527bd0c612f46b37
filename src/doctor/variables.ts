import { actionsSchema } from "../actions/policy.js";
import { readActions, replacedVariables } from "../env/actions.js";
import { readLimits } from "../env/limits.js";
import { providerOf } from "../env/secrets.js";
import { readSessions, sessionNotices } from "../env/sessions.js";
import type { Settings } from "../env/settings.js";
import { unknownVariables } from "../env/unknown-variables.js";
import { flagOf, numberOf, read, type Env } from "../env/values.js";
import { VARIABLES } from "../env/variables.js";
import { isGuardError } from "../errors.js";
import { parseInput } from "../input.js";
import { optionsSchema } from "../options.js";
import { sessionOptionsSchema } from "../session/session-options.js";
import { fault, faultOf, note, ok, warning, type Finding } from "./finding.js";
import { shownValue } from "./scrub.js";

/** Every variable that is set, and what is wrong with it. */
export function examineVariables(settings: Settings): readonly Finding[] {
  const { env } = settings;
  return [
    ...[...VARIABLES.keys()].flatMap((name) => examineOne(env, name, settings.sourceOf(name))),
    ...unknownVariables(env).map((text) => warning("configuration", text, "tg-guarded env-sample")),
    ...[...replacedVariables(env), ...sessionNotices(env)].map((notice) => note("configuration", notice)),
    ...missingOnes(env),
  ];
}

function examineOne(env: Env, name: string, source: string | undefined): readonly Finding[] {
  const value = read(env, name);
  if (value === undefined) return [];
  const wrong = faultIn(name, value);
  if (wrong !== undefined) return [wrong];
  return [ok("configuration", `${name} ${shownValue(name, value)} (${source ?? "environment"})`)];
}

const FLAGS = ["TG_RECEIVE_UPDATES", "TG_AUTH_BOOTSTRAP", "TG_ALLOW_SESSION_SWITCH"];

/** Each is read as programs read it. */
const READERS: readonly ((env: Env) => unknown)[] = [
  (env) => parseInput(actionsSchema, readActions(env), "actions"),
  (env) => parseInput(optionsSchema.shape.limits, readLimits(env), "limits"),
  (env) => parseInput(sessionOptionsSchema, readSessions(env), "sessions"),
  (env) => providerOf(env),
  (env) => numberOf(env, "TG_API_ID"),
  (env) => FLAGS.map((name) => flagOf(env, name)),
];

/** A variable by itself: so that the first one that is wrong does not hide the others. */
function faultIn(name: string, value: string): Finding | undefined {
  for (const readIt of READERS) {
    try {
      readIt({ [name]: value });
    } catch (error) {
      if (!isGuardError(error) || error.message.includes(name)) return faultOf("configuration", error);
      return fault("configuration", `${name} does not fit: ${error.message}`, `Correct ${name}.`);
    }
  }
  return undefined;
}

/** A sandbox brings them along, and other providers are asked later. */
function missingOnes(env: Env): readonly Finding[] {
  if (read(env, "TG_SANDBOX") !== undefined || (read(env, "TG_SECRET_PROVIDER") ?? "env") !== "env") return [];
  if (read(env, "TG_USE_KEYCHAIN") === "1") return [];
  return ["TG_API_ID", "TG_API_HASH"]
    .filter((name) => read(env, name) === undefined)
    .map((name) =>
      fault("configuration", `${name} is not set.`, `Take it from https://my.telegram.org, and set ${name}.`),
    );
}
