import { definedOnly } from "../defined-only.js";
import type { SessionPlane } from "../errors.js";
import { Redacted } from "../redacted.js";
import { secretFrom } from "../secrets/command.js";
import { readDefaultSession } from "../session/default-session.js";
import type { SessionOptions } from "../session/session-options.js";
import { sessionsFolder, type SessionSource } from "../session/session-place.js";
import type { SessionReference } from "../session/sessions.js";
import { flagOf, missing, numberOf, read, shown, type Env } from "./values.js";

/** The variables about session files. */
export function readSessions(env: Env): SessionOptions {
  const id = numberOf(env, "TG_EXPECTED_USER_ID");
  if (id !== undefined && !(Number.isSafeInteger(id) && id > 0))
    throw missing("TG_EXPECTED_USER_ID", "an account's id");
  const expect = definedOnly({ id, username: read(env, "TG_EXPECTED_USERNAME") });
  const conflict = definedOnly({
    mode: oneOf(env, "TG_SESSION_PATH_CONFLICT_MODE", ["warn", "fail"]),
    readPath: read(env, "TG_READ_SESSION_PATH"),
    actionsPath: read(env, "TG_ACTIONS_SESSION_PATH"),
    registry: read(env, "TG_SESSION_CONFLICT_REGISTRY_FILE"),
  });
  return definedOnly({
    dir: read(env, "TG_SESSIONS_DIR"),
    lock: oneOf(env, "TG_SESSION_LOCK_MODE", ["shared", "exclusive", "off"]),
    runtime: oneOf(env, "TG_SESSION_RUNTIME_MODE", ["copy", "direct"]),
    encryption: oneOf(env, "TG_SESSION_ENCRYPTION", ["auto", "keyring", "passphrase", "none"]),
    passphrase: passphraseOf(env),
    acceptVolatileStore: flagOf(env, "TG_SESSION_ACCEPT_VOLATILE_STORE"),
    expect: Object.keys(expect).length === 0 ? undefined : expect,
    conflict: Object.keys(conflict).length === 0 ? undefined : conflict,
  });
}

/** Where sessions are that go by their names. */
export const sessionsFolderOf = (env: Env, dataDir: string): string =>
  read(env, "TG_SESSIONS_DIR") ?? sessionsFolder(dataDir);

/** What has no effect here, and is told to whoever set it. */
export const sessionNotices = (env: Env): readonly string[] =>
  read(env, "TG_SESSION_RUNTIME_PROFILE") === undefined
    ? []
    : ["TG_SESSION_RUNTIME_PROFILE has no effect: a copy of the session lives in memory alone."];

/** The session that is meant: by its path, else by the plane's own path, else by its name, else the chosen default. */
export function readSessionSource(
  env: Env,
  dataDir: string,
  plane: SessionPlane | undefined,
): SessionSource | undefined {
  return readNamedSession(env, plane) ?? readDefaultSession(dataDir);
}

/** The same without the chosen default. */
export function readNamedSession(env: Env, plane?: SessionPlane): SessionReference | undefined {
  const path = read(env, "TG_SESSION_PATH") ?? (plane && read(env, PLANE_PATHS[plane]));
  return path === undefined ? read(env, "SESSION_NAME") : { path };
}

const PLANE_PATHS = { read: "TG_READ_SESSION_PATH", actions: "TG_ACTIONS_SESSION_PATH" } as const;

/** The command runs only once a session turns out to need it. */
function passphraseOf(env: Env): SessionOptions["passphrase"] | undefined {
  const passphrase = read(env, "TG_SESSION_PASSPHRASE");
  if (passphrase !== undefined) return new Redacted(passphrase);
  const command = read(env, "TG_SECRET_CMD_SESSION_PASSPHRASE");
  return command === undefined ? undefined : () => secretFrom(command);
}

function oneOf<T extends string>(env: Env, name: string, values: readonly T[]): T | undefined {
  const text = read(env, name);
  const value = values.find((each) => each === text);
  if (text === undefined || value !== undefined) return value;
  throw missing(name, `one of ${values.join(", ")}, not ${shown(text)}`);
}
