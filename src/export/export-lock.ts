import { GuardError } from "../errors.js";
import { fileExists, onFile } from "../files/file-errors.js";
import { LockSpoiled, takeLock, type OsLock } from "../files/os-lock.js";

/** Stands beside an export while it runs. What a killed run leaves there is empty and keeps nobody out. */
const lockPath = (to: string): string => `${to}.lock`;

/** Runs that begin at the same moment, or as another one ends, are in each other's way for a little. */
const WAIT_MS = 500;

/**
 * Does the work of one run: no other one, of this process or another, writes the same export meanwhile.
 *
 * @throws {@link GuardError} `export_busy`; `file_exists` when something else stands in the place of the lock; `file_error`
 */
export async function whileAlone<T>(to: string, work: () => Promise<T>): Promise<T> {
  const lock = await onFile(to, () => take(to));
  try {
    return await work();
  } finally {
    lock.remove();
  }
}

async function take(to: string): Promise<OsLock> {
  const path = lockPath(to);
  try {
    const lock = await takeLock(path, "write", WAIT_MS);
    if (lock !== undefined) return lock;
  } catch (error) {
    throw error instanceof LockSpoiled ? fileExists(path) : error;
  }
  throw new GuardError("export_busy", `Another run is writing ${JSON.stringify(to)} now; it was left to it.`, {
    details: { path: to },
    nextStep:
      "Wait until that run has ended, or stop it, and run this again: it goes on where that one was. Or name another file.",
  });
}
