import type { Stats } from "node:fs";
import { lstat, open, type FileHandle } from "node:fs/promises";
import { isMissing, systemCode } from "../system-error.js";
import { READ_PLAIN } from "../files/open-flags.js";
import { insecure, sessionInvalid, unreadable } from "./faults.js";
import { asOwner, checkFolder, ownUser, whose } from "./private-folder.js";
import { protect } from "./protect.js";
import type { SessionPlace } from "./session-place.js";

export const FILE_MODE = 0o600;
const OTHERS = 0o077;
/** A session has some 600 bytes; Telethon's files are read elsewhere. */
const MOST_BYTES = 65_536;

export interface PrivateFile {
  readonly bytes: Buffer;
  /** What was mended. */
  readonly notices: readonly string[];
}

/**
 * Reads a file that its owner alone may read, and mends it where that is not so.
 *
 * @throws {@link GuardError} `session_invalid`: `missing`, `insecure`, `unreadable`, `damaged`
 */
export async function readPrivateFile(place: SessionPlace): Promise<PrivateFile> {
  return withPrivateFile(place, async (handle, found, notices) => {
    if (found.size > MOST_BYTES)
      throw sessionInvalid(place.shown, "damaged", `has ${found.size} bytes, which is too much`);
    const buffer = Buffer.alloc(MOST_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, MOST_BYTES, 0);
    return { bytes: buffer.subarray(0, bytesRead), notices };
  });
}

/** Looks at a session's file and mends it, without reading it. What was mended is told. */
export const checkFile = (place: SessionPlace): Promise<readonly string[]> =>
  withPrivateFile(place, (_handle, _found, notices) => Promise.resolve(notices));

/** Opens it where it is what it should be: names can be exchanged at any moment, so what was opened is looked at. */
async function withPrivateFile<T>(
  place: SessionPlace,
  work: (handle: FileHandle, found: Stats, notices: readonly string[]) => Promise<T>,
): Promise<T> {
  const notices = await checkFolder(place);
  assertPlain(place, await statOf(place));
  const handle = await openFile(place);
  try {
    const found = await handle.stat();
    assertPlain(place, found);
    return await work(handle, found, [...notices, ...(await mendFile(place, handle, found))]);
  } finally {
    await handle.close();
  }
}

async function statOf({ path, shown }: SessionPlace): Promise<Stats> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error) || systemCode(error) === "ENOTDIR") throw missing(shown, path);
    throw unreadable(shown, error);
  }
}

async function openFile({ path, shown }: SessionPlace): Promise<FileHandle> {
  try {
    return await open(path, READ_PLAIN);
  } catch (error) {
    if (isMissing(error)) throw missing(shown, path);
    if (systemCode(error) === "ELOOP") throw isLink(shown, path);
    throw unreadable(shown, error);
  }
}

function assertPlain({ shown, path }: SessionPlace, found: Stats): void {
  if (found.isSymbolicLink()) throw isLink(shown, path);
  if (!found.isFile()) throw insecure(shown, `${path} is no regular file`, "Move it away.");
  if (found.nlink > 1) {
    throw insecure(shown, `${path} has a second name elsewhere (a hard link)`, `Find it: find / -samefile '${path}'`);
  }
}

async function mendFile(place: SessionPlace, handle: FileHandle, found: Stats): Promise<readonly string[]> {
  const { path, shown } = place;
  const user = ownUser();
  if (user === undefined) {
    await protect(path, false, shown);
    return [];
  }
  if (found.uid !== user) throw insecure(shown, `${path} ${whose(found.uid, user)}`, asOwner(found.uid, user));
  if ((found.mode & OTHERS) === 0) return [];
  await handle.chmod(FILE_MODE).catch(() => undefined);
  if (((await handle.stat()).mode & OTHERS) !== 0) {
    throw insecure(shown, `others may read ${path}, and this cannot be changed here`, "Keep sessions on another disk.");
  }
  return [
    `Others could read the session file ${path}; now its owner alone can. If others use this machine, end that session and log in again.`,
  ];
}

const missing = (shown: string, path: string): Error =>
  sessionInvalid(shown, "missing", `cannot be read: there is no ${path}`);
const isLink = (shown: string, path: string): Error =>
  insecure(shown, `${path} is a symbolic link`, "Name the file that it leads to instead.");
