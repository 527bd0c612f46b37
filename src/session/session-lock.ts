import { GuardError, type SessionOwner, type SessionPlane } from "../errors.js";
import { fileError } from "../files/file-errors.js";
import { LockSpoiled, takeLock, type LockKind, type OsLock } from "../files/os-lock.js";
import { insecure } from "./faults.js";
import { describeOwner, toldOwner } from "./owner.js";
import { forgetOwners, noteOwner, ownersOf } from "./owner-notes.js";
import { beside, type SessionPlace } from "./session-place.js";

/** Who may work with a session at the same time: all who share it, one alone, or whoever likes, since nobody looks. */
export type LockMode = "shared" | "exclusive" | "off";

export interface SessionLock {
  readonly mode: LockMode;
  release(): Promise<void>;
}

export const lockPathOf = (place: SessionPlace): string => beside(place, ".lock");

/**
 * Takes the session for as long as a client works with it.
 *
 * @throws {@link GuardError} `session_locked`
 */
export async function lockSession(place: SessionPlace, mode: LockMode, plane?: SessionPlane): Promise<SessionLock> {
  if (mode === "off") return { mode, release: () => Promise.resolve() };
  const path = lockPathOf(place);
  const lock = await take(place, mode);
  try {
    // The notes of the dead are swept away on this occasion.
    if (mode === "exclusive") await forgetOwners(path);
    else await ownersOf(path);
    const forget = await noteOwner(path, plane);
    return {
      mode,
      async release() {
        lock.release();
        await forget();
      },
    };
  } catch (error) {
    lock.release();
    throw fileError(path, error);
  }
}

/**
 * Does work on a session's file that nobody else may do at the same time; those who read it are not in the way.
 *
 * @param held what this process holds already: whoever has the session alone needs no more
 * @throws {@link GuardError} `session_locked`
 */
export async function whileWriting<T>(place: SessionPlace, held: LockMode, work: () => Promise<T>): Promise<T> {
  if (held !== "shared") return work();
  return whileLocked(place, "write", work);
}

/** Does work on a session that nobody uses. @throws {@link GuardError} `session_locked` */
export const whileUnused = <T>(place: SessionPlace, work: () => Promise<T>): Promise<T> =>
  whileLocked(place, "exclusive", work);

async function whileLocked<T>(place: SessionPlace, kind: LockKind, work: () => Promise<T>): Promise<T> {
  const lock = await take(place, kind);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Who writes is done in a moment, so one waits for it; who uses a session may go on for hours. */
const WAIT_MS = { shared: 1000, write: 5000, exclusive: 1000 } as const;

async function take(place: SessionPlace, kind: LockKind): Promise<OsLock> {
  const path = lockPathOf(place);
  let lock: OsLock | undefined;
  try {
    lock = await takeLock(path, kind, WAIT_MS[kind]);
  } catch (error) {
    if (error instanceof LockSpoiled) {
      throw insecure(place.shown, `${path} is not the lock that this program made`, "Look at it, and move it away.");
    }
    throw fileError(path, error);
  }
  if (lock !== undefined) return lock;
  throw locked(place.shown, (await ownersOf(path)).map(toldOwner));
}

function locked(session: string, owners: readonly SessionOwner[]): GuardError<"session_locked"> {
  const by = owners.length === 0 ? "another process" : owners.map(describeOwner).join(", ");
  return new GuardError("session_locked", `The session ${session} is in use by ${by}.`, {
    details: { session, owners },
    nextStep:
      'Close that program and try again, or let both share the session: TG_SESSION_LOCK_MODE=shared, `sessions: { lock: "shared" }`.',
  });
}
