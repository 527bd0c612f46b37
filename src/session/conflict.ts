import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { GuardError, isGuardError, type SessionPlane } from "../errors.js";
import type { Redacted } from "../redacted.js";
import { isSameSession, markOf, register, type SessionMark } from "./conflict-registry.js";
import { describeOwner } from "./owner.js";
import { readSession } from "./session-file.js";
import type { SealOptions } from "./seal-keys.js";
import { placeOf } from "./session-place.js";
import type { SessionKey } from "./session-string.js";

/** Whether reading and actions may use one session, and how that is noticed. */
export interface ConflictOptions {
  /** `warn`: a process warning; `fail`: the client does not open. @defaultValue "warn" */
  readonly mode?: "warn" | "fail";
  /** The session that reading uses. */
  readonly readPath?: string;
  /** The session that actions use. */
  readonly actionsPath?: string;
  /**
   * Beside it each program of one machine notes which session it holds.
   * @defaultValue `session-registry.json` in the sessions folder
   */
  readonly registry?: string;
}

/** A session file that a program means to use. */
export interface UsedSession {
  readonly shown: string;
  readonly path: string | undefined;
  readonly key: Redacted<SessionKey>;
}

export interface ConflictCheck {
  readonly notices: readonly string[];
  leave(): Promise<void>;
}

/**
 * Looks whether the other side of the account uses the same session, and writes down that this side does.
 *
 * @throws {@link GuardError} `session_conflict` where that is forbidden; `file_error`
 */
export async function checkConflict(
  used: UsedSession,
  plane: SessionPlane,
  options: ConflictOptions & { readonly registry: string },
  seal: SealOptions,
): Promise<ConflictCheck> {
  const path = used.path === undefined ? undefined : await realOf(used.path);
  const mark = markOf(used.key, path);
  const otherPath = plane === "read" ? options.actionsPath : options.readPath;
  const notices: string[] = [];
  const tell = (error: GuardError<"session_conflict">): void => {
    if (options.mode === "fail") throw error;
    notices.push(`${error.message} ${error.nextStep}`);
  };
  if (otherPath !== undefined && isSameSession(mark, await markOfPath(otherPath, seal))) {
    tell(conflict(used.shown, "variables", "the variables name it for reading and for actions"));
  }
  const registration = await register(options.registry, plane, mark);
  const { conflict: other } = registration;
  try {
    if (other !== undefined) tell(conflict(used.shown, "registry", `it is in use by ${describeOwner(other)}`));
  } catch (error) {
    await registration.leave();
    throw error;
  }
  return { notices, leave: () => registration.leave() };
}

/** Whether two session files are one session: the same file, or the same login. Sealed ones need their keys for that. */
export async function sameSession(one: string, other: string, seal: SealOptions = {}): Promise<boolean> {
  return isSameSession(await markOfPath(one, seal), await markOfPath(other, seal));
}

/** What cannot be read is told apart by its path alone; whoever opens it will hear why. */
async function markOfPath(path: string, seal: SealOptions): Promise<SessionMark> {
  const real = await realOf(path);
  try {
    const { key } = await readSession(placeOf({ path }, ""), seal);
    return markOf(key, real);
  } catch (error) {
    if (isGuardError(error)) return { path: real, key: `unread ${real}` };
    throw error;
  }
}

const realOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

const conflict = (session: string, found: "variables" | "registry", why: string): GuardError<"session_conflict"> =>
  new GuardError("session_conflict", `Reading and actions use one session, ${session}: ${why}.`, {
    details: { session, found },
    nextStep:
      "Log in once more for a second session, and give each side its own: TG_READ_SESSION_PATH, TG_ACTIONS_SESSION_PATH.",
  });
