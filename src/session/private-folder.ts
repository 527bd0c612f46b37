import type { Stats } from "node:fs";
import { chmod, lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { onFile } from "../files/file-errors.js";
import { isMissing } from "../system-error.js";
import { makeFolder } from "../files/look.js";
import { insecure, unreadable } from "./faults.js";
import { protect } from "./protect.js";
import type { SessionPlace } from "./session-place.js";

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
/** The sticky bit: everybody has files there, and each only his own (chmod(2)). */
const SHARED_BY_ALL = 0o1000;
export const FOLDER_MODE = 0o700;

/** Whose files these are to be; Windows has no such numbers. */
export const ownUser = (): number | undefined => process.geteuid?.();

/** Makes the sessions folder for its owner alone, whatever the umask. @throws {@link GuardError} `session_invalid` */
export async function makeSessionsFolder(place: SessionPlace): Promise<void> {
  if (place.isOwnFolder) await onFile(place.folder, () => makeFolders(place.folder));
  await checkFolder(place);
}

/** Level by level: a umask that takes the owner's own rights away would keep the next level from being made. */
async function makeFolders(folder: string): Promise<void> {
  if ((await statOf(folder)) !== undefined) return;
  await makeFolders(dirname(folder));
  await makeFolder(folder);
  await chmod(folder, FOLDER_MODE);
}

/**
 * Looks at the folder of a session and mends it where it is this library's own: whoever may write there can exchange
 * files. What was mended is told. A folder that is not there is left so.
 *
 * @throws {@link GuardError} `session_invalid` with the reason `insecure`, or `unreadable`
 */
export async function checkFolder(place: SessionPlace): Promise<readonly string[]> {
  const { folder, shown, isOwnFolder } = place;
  const found = await statOf(folder).catch((error: unknown) => {
    throw unreadable(shown, error);
  });
  if (found === undefined) return [];
  if (found.isSymbolicLink()) {
    throw insecure(shown, `its folder ${folder} is a symbolic link`, "Name the folder that it leads to instead.");
  }
  if (!found.isDirectory()) throw insecure(shown, `${folder} is no folder`, "Name a folder.");
  const user = ownUser();
  if (user === undefined) return protectedOnWindows(place);
  // A folder that is made for everybody, as /tmp, is nobody's own: to close it would take it from all others.
  if (isOwnFolder && (found.mode & SHARED_BY_ALL) !== 0) {
    throw insecure(shown, `${folder} is a folder that all users share`, "Name a folder inside of it: TG_SESSIONS_DIR.");
  }
  if (isOwnFolder) return mendFolder(place, found, user);
  if (found.uid !== user && found.uid !== 0) throw foreignFolder(place, found.uid, user);
  if ((found.mode & OTHERS_WRITE) === 0) return [];
  throw insecure(shown, `others may write into its folder ${folder}`, `Forbid it: chmod go-w '${folder}'`);
}

async function mendFolder(place: SessionPlace, found: Stats, user: number): Promise<readonly string[]> {
  const { folder, shown } = place;
  if (found.uid !== user) throw foreignFolder(place, found.uid, user);
  if ((found.mode & 0o777) === FOLDER_MODE) return [];
  await chmod(folder, FOLDER_MODE).catch(() => undefined);
  const mended = await lstat(folder);
  if ((mended.mode & OTHERS) !== 0) {
    throw insecure(
      shown,
      `others may look into ${folder}, and this cannot be changed here`,
      "Keep sessions on another disk.",
    );
  }
  if ((found.mode & OTHERS) === 0) return [];
  return [`Others could look into the sessions folder ${folder}; now its owner alone can.`];
}

const foreignFolder = ({ folder, shown }: SessionPlace, owner: number, user: number): Error =>
  insecure(shown, `its folder ${folder} ${whose(owner, user)}`, asOwner(owner, user));

/** Windows' lists are written anew each time: that is as quick as to look. */
async function protectedOnWindows({ folder, shown, isOwnFolder }: SessionPlace): Promise<readonly string[]> {
  if (isOwnFolder) await protect(folder, true, shown);
  return [];
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whom a file belongs to that should belong to this user. */
export const whose = (owner: number, user: number): string =>
  user === 0
    ? `belongs to the user ${owner}, and this program runs as root`
    : `belongs to the user ${owner}, and this program runs as the user ${user}`;

export const asOwner = (owner: number, user: number): string =>
  user === 0
    ? `Run this as the user ${owner}: what root writes, that user could not read any more.`
    : `Run this as the user ${owner}, or log in with a session of your own.`;
