import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive, ownerSchema, thisOwner, type NotedOwner } from "./owner.js";
import { FILE_MODE } from "./private-file.js";
import type { SessionPlane } from "../errors.js";

/**
 * Beside a lock lies a small note for each process that holds it, so that whoever is kept out learns by whom. The notes
 * decide nothing: the lock does.
 */
const ENDING = ".owner";
const MOST_BYTES = 4096;
const NO_FOLLOW = "O_NOFOLLOW" in constants ? constants.O_NOFOLLOW : 0;

/** Writes the note of this process; returns how to take it away. */
export async function noteOwner(lockPath: string, plane: SessionPlane | undefined): Promise<() => Promise<void>> {
  const path = `${lockPath}.${process.pid}-${randomBytes(6).toString("hex")}${ENDING}`;
  const handle = await open(path, "wx", FILE_MODE);
  try {
    await handle.chmod(FILE_MODE);
    await handle.writeFile(`${JSON.stringify(thisOwner(plane))}\n`);
  } finally {
    await handle.close();
  }
  return () => rm(path, { force: true });
}

/**
 * Who holds the lock, by the notes of living processes; notes of dead ones are removed. Other hosts' processes cannot be
 * looked at: they count where no other explanation is left.
 */
export async function ownersOf(lockPath: string): Promise<readonly NotedOwner[]> {
  const elsewhere: NotedOwner[] = [];
  const here: NotedOwner[] = [];
  for (const path of await notesOf(lockPath)) {
    const owner = await readNote(path);
    const alive = owner !== undefined && isAlive(owner);
    if (owner !== undefined && alive === true) here.push(owner);
    else if (owner !== undefined && alive === "unknown") elsewhere.push(owner);
    else if (owner !== undefined) await rm(path, { force: true });
  }
  return here.length > 0 ? here : elsewhere;
}

/** For whoever holds the lock alone: no note but his own can be true. */
export async function forgetOwners(lockPath: string): Promise<void> {
  for (const path of await notesOf(lockPath)) await rm(path, { force: true });
}

async function notesOf(lockPath: string): Promise<readonly string[]> {
  const begin = `${basename(lockPath)}.`;
  const names = await readdir(dirname(lockPath)).catch(() => []);
  const isNote = (name: string): boolean =>
    name.startsWith(begin) && /^\d+-[0-9a-f]{12}\.owner$/.test(name.slice(begin.length));
  return names.filter(isNote).map((name) => join(dirname(lockPath), name));
}

/** Half a note, or none, is that of a process that is just coming or going. */
async function readNote(path: string): Promise<NotedOwner | undefined> {
  try {
    const handle = await open(path, constants.O_RDONLY | NO_FOLLOW);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
      return ownerSchema.safeParse(JSON.parse(buffer.toString("utf8", 0, bytesRead))).data;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
