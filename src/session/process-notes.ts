import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { z } from "zod";
import { isAlive, type NotedOwner } from "./owner.js";
import { FILE_MODE } from "./private-file.js";

const MOST_BYTES = 4096;
const NO_FOLLOW = "O_NOFOLLOW" in constants ? constants.O_NOFOLLOW : 0;

/** Small files beside another one, one for each process that has something to do with it. */
export interface NotesBeside<T extends NotedOwner> {
  readonly path: string;
  /** What their names end with. */
  readonly ending: string;
  readonly schema: z.ZodType<T>;
}

/** Writes the note of this process; returns how to take it away. Nobody waits for another one. */
export async function writeNote<T extends NotedOwner>(
  { path, ending }: NotesBeside<T>,
  note: T,
): Promise<() => Promise<void>> {
  const own = `${path}.${process.pid}-${randomBytes(6).toString("hex")}${ending}`;
  const handle = await open(own, "wx", FILE_MODE);
  try {
    await handle.chmod(FILE_MODE);
    await handle.writeFile(`${JSON.stringify(note)}\n`);
  } finally {
    await handle.close();
  }
  return () => rm(own, { force: true });
}

export interface FoundNote<T> {
  readonly note: T;
  /** `unknown` for a process of another host, which cannot be looked at. */
  readonly alive: true | "unknown";
}

/** The notes of processes that live, or may; those of dead ones are removed. */
export async function readNotes<T extends NotedOwner>(notes: NotesBeside<T>): Promise<readonly FoundNote<T>[]> {
  const found: FoundNote<T>[] = [];
  for (const path of await pathsOf(notes)) {
    const note = await readNote(path, notes.schema);
    if (note === undefined) continue;
    const alive = isAlive(note);
    if (alive === false) await rm(path, { force: true });
    else found.push({ note, alive });
  }
  return found;
}

/** For whoever is alone: no note but his own can be true. */
export async function removeNotes<T extends NotedOwner>(notes: NotesBeside<T>): Promise<void> {
  for (const path of await pathsOf(notes)) await rm(path, { force: true });
}

async function pathsOf({ path, ending }: Pick<NotesBeside<NotedOwner>, "path" | "ending">): Promise<readonly string[]> {
  const begin = `${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  const isNote = (name: string): boolean =>
    name.startsWith(begin) &&
    name.endsWith(ending) &&
    /^\d+-[0-9a-f]{12}$/.test(name.slice(begin.length, -ending.length));
  return names.filter(isNote).map((name) => join(dirname(path), name));
}

/** Half a note, or none, is that of a process that is just coming or going. */
async function readNote<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const handle = await open(path, constants.O_RDONLY | NO_FOLLOW);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
      return schema.safeParse(JSON.parse(buffer.toString("utf8", 0, bytesRead))).data;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
