import { withSecrets } from "../env/secrets.js";
import { readEnv, readStoreEnv } from "../env/read-env.js";
import { readSessionSource } from "../env/sessions.js";
import { read, type Env } from "../env/values.js";
import type { SessionPlane } from "../errors.js";
import { parseInput } from "../input.js";
import { optionsSchema, type ParsedOptions } from "../options.js";
import type { SessionSource } from "../session/session-place.js";
import { faultOf, type Finding } from "./finding.js";
import { within } from "./look.js";

/** What a program would be opened with. */
export interface FoundProgram {
  readonly findings: readonly Finding[];
  /** Absent where it could not start. */
  readonly options?: ParsedOptions;
}

/** Reads everything as a program does that starts, secrets included. */
export async function findProgram(env: Env, plane: SessionPlane | undefined, ms: number): Promise<FoundProgram> {
  try {
    const known = await within(ms, withSecrets(env));
    const { options } = readEnv(known, planeOf(plane));
    return { findings: [], options: parseInput(optionsSchema, options, "options") };
  } catch (error) {
    return { findings: [faultOf("configuration", error)] };
  }
}

const planeOf = (plane: SessionPlane | undefined) => (plane === undefined ? {} : { sessions: { plane } });

/** What says which of a sandbox's sessions is meant. */
const CHOOSING = [
  ...["TG_SANDBOX", "TG_DATA_DIR", "TG_SESSIONS_DIR", "SESSION_NAME"],
  ...["TG_SESSION_PATH", "TG_READ_SESSION_PATH", "TG_ACTIONS_SESSION_PATH"],
];

/**
 * The session that is meant, whatever else is missing or wrong; `undefined` where none is named.
 *
 * @throws {@link GuardError} `input_invalid`, `session_invalid` where it is to be a sandbox's
 */
export function meantSession(env: Env, plane: SessionPlane | undefined): SessionSource | undefined {
  if (read(env, "TG_SANDBOX") === undefined) return readSessionSource(env, readStoreEnv(env).dataDir, plane);
  return readEnv(Object.fromEntries(CHOOSING.map((name) => [name, read(env, name)])), planeOf(plane)).options.session;
}
