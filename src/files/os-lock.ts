import { chmodSync, closeSync, lstatSync, openSync, rmSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import type LibsqlDatabase from "libsql";
import { systemCode } from "../system-error.js";

/**
 * A lock that the operating system takes back when its process ends, however it ends: that of an empty SQLite database.
 * `shared`: many at once. `write`: one at a time, beside the shared ones. `exclusive`: one, and no other of any kind.
 */
export type LockKind = "shared" | "write" | "exclusive";

export interface OsLock {
  release(): void;
  /** Gives it back, and its file goes with it where the system lets an open file go; else it stays, empty. */
  remove(): void;
}

const OWNER_ONLY = 0o600;

const BEGIN: Readonly<Record<LockKind, string>> = {
  shared: "BEGIN; SELECT count(*) FROM sqlite_master",
  write: "BEGIN IMMEDIATE",
  exclusive: "BEGIN EXCLUSIVE",
};

const LEAST_PAUSE_MS = 5;
const PAUSE_MS = 20;

/**
 * Takes the lock; `undefined` when others kept it for all of the time: those who take and leave a lock at the same moment
 * are in each other's way for a little. The event loop goes on meanwhile.
 */
export async function takeLock(path: string, kind: LockKind, waitMs: number): Promise<OsLock | undefined> {
  const { default: Database } = await import("libsql");
  const since = performance.now();
  for (;;) {
    const lock = tryLock(Database, path, kind);
    if (lock !== undefined || performance.now() - since >= waitMs) return lock;
    await new Promise((resolve) => setTimeout(resolve, LEAST_PAUSE_MS + Math.random() * PAUSE_MS));
  }
}

type Driver = typeof LibsqlDatabase;

function tryLock(Database: Driver, path: string, kind: LockKind): OsLock | undefined {
  const before = lockFile(path);
  const database = new Database(path);
  const release = (): void => {
    if (database.inTransaction) database.exec("ROLLBACK");
    database.close();
  };
  try {
    database.exec("PRAGMA busy_timeout=0");
    // Nothing is ever written. Whoever may write to an empty database has a journal beside it all the same, unless told.
    database.exec("PRAGMA journal_mode=MEMORY");
    database.exec(BEGIN[kind]);
  } catch (error) {
    release();
    if (systemCode(error)?.startsWith("SQLITE_BUSY") === true) return undefined;
    throw error;
  }
  const hasName = (): boolean => isSame(statOf(path), before);
  const remove = (): void => {
    if (hasName()) removeFile(path);
    release();
  };
  // Whoever removes a session removes its lock: one on a file without a name would keep nobody out.
  if (hasName()) return { release, remove };
  release();
  return undefined;
}

/**
 * The lock's file, made when it is missing. It is opened and closed in one go: to close a file takes back all locks that
 * this process has on it (fcntl(2)), so from then on only SQLite may open it.
 */
function lockFile(path: string): Stats {
  const found = statOf(path) ?? makeLockFile(path);
  if (!found.isFile() || found.nlink > 1 || found.size > 0) throw new LockSpoiled(path);
  const user = process.geteuid?.();
  if (user !== undefined && found.uid !== user) throw new LockSpoiled(path);
  if (user !== undefined && (found.mode & 0o777) !== OWNER_ONLY) chmodSync(path, OWNER_ONLY);
  return found;
}

function makeLockFile(path: string): Stats {
  try {
    closeSync(openSync(path, "wx", OWNER_ONLY));
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
  return lstatSync(path);
}

/** While it is held: whoever waits for it then finds that its file has no name any more, and makes another. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Windows removes no open file. An empty one is in nobody's way.
  }
}

/** What stands in the place of a lock is none, or somebody else's. */
export class LockSpoiled extends Error {
  constructor(readonly path: string) {
    super(`${path} in ${dirname(path)} is no lock of this user`);
  }
}

const statOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });
const isSame = (one: Stats | undefined, other: Stats): boolean => one?.ino === other.ino && one.dev === other.dev;
