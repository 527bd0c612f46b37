import { link, rename, rm, type FileHandle } from "node:fs/promises";
import { fileExists, onFile } from "./file-errors.js";
import { systemCode } from "../system-error.js";
import { isSame } from "./look.js";
import type { Place } from "./place.js";
import { ResumeNote, type Content } from "./resume-note.js";

/**
 * A file that gets its name only when it is complete. Until then it is called `<name>.part`, and `<name>.part.json` notes
 * what it is a part of and how much of it is on the disk, so that nothing else is ever continued.
 */
export class ResumableFile {
  readonly #place: Place;
  readonly #part: Place;
  readonly #file: FileHandle;
  readonly #note: ResumeNote;

  private constructor(place: Place, file: FileHandle, note: ResumeNote) {
    this.#place = place;
    this.#part = partOf(place);
    this.#file = file;
    this.#note = note;
  }

  /**
   * Goes on with a part of the same content, or begins. `complete` when an earlier run had done everything but the
   * tidying up, which is then done.
   *
   * @throws {@link GuardError} `file_exists`, also for a part that nobody knows; `path_not_allowed`, `file_error`
   */
  static async open(place: Place, content: Content): Promise<ResumableFile | "complete"> {
    await place.makeFolders();
    if (await settlePublished(place, content)) return "complete";
    await place.assertFree();
    await assertKnown(place);
    const note = await ResumeNote.open(noteOf(place));
    try {
      return new ResumableFile(place, await openPart(partOf(place), note, content), note);
    } catch (error) {
      await note.close();
      throw error;
    }
  }

  /** How much of it is surely on the disk. */
  get doneBytes(): number {
    return this.#note.doneBytes;
  }

  /** Adds what follows on `from`, which must be no more than is done. */
  write(from: number, bytes: Uint8Array): Promise<void> {
    return onFile(this.#part.path, async () => {
      await writeAll(this.#file, bytes, from);
      await this.#file.datasync();
      await this.#note.write(from + bytes.length);
    });
  }

  /** Gives it its name, in one step and never over another file. */
  publish(): Promise<void> {
    return onFile(this.#place.path, async () => {
      await this.#file.sync();
      const own = await this.#file.stat({ bigint: true });
      // Another run of the same download may have come first, with the same file.
      if (!isSame(await this.#place.find(), own)) {
        if (!isSame(await this.#part.find(), own)) throw fileExists(this.#part.path);
        await giveName(this.#part, this.#place);
      }
      await this.#file.close();
      await this.#note.remove();
    });
  }

  /** Leaves what there is for a later run; an empty one is removed. */
  leave(): Promise<void> {
    return onFile(this.#part.path, async () => {
      try {
        await this.#file.close();
        if (this.doneBytes > 0) return;
        await rm(this.#part.path, { force: true });
        await this.#note.remove();
      } finally {
        await this.#note.close();
      }
    });
  }
}

const partOf = (place: Place): Place => place.beside(".part");
const noteOf = (place: Place): Place => place.beside(".part.json");

/**
 * Whether a run was stopped between giving the file its name and removing what is not needed any more. That is then
 * removed.
 */
export async function settlePublished(place: Place, content: Content): Promise<boolean> {
  const [found, part, noted] = [await place.find(), await partOf(place).find(), await noteOf(place).find()];
  if (found?.isFile() !== true || noted === undefined) return false;
  if (found.size !== BigInt(content.sizeBytes) || (part !== undefined && !isSame(part, found))) return false;
  const note = await ResumeNote.open(noteOf(place));
  try {
    if (!note.describes(content) || note.doneBytes !== content.sizeBytes) return false;
    await onFile(place.path, () => rm(partOf(place).path, { force: true }));
    await note.remove();
    return true;
  } finally {
    await note.close();
  }
}

/** Before a note is made, which would seem to be that part's. */
async function assertKnown(place: Place): Promise<void> {
  const part = partOf(place);
  if ((await part.find()) !== undefined && (await noteOf(place).find()) === undefined) throw fileExists(part.path);
}

/** The note comes first, so that a part without one is nobody's. */
async function openPart(part: Place, note: ResumeNote, content: Content): Promise<FileHandle> {
  const found = await part.find();
  if (found === undefined) {
    await note.begin(content);
    return part.create();
  }
  if (note.isEmpty) throw fileExists(part.path);
  if (note.describes(content)) {
    note.cutTo(Number(found.size));
    return part.reopen();
  }
  await onFile(part.path, () => rm(part.path));
  await note.begin(content);
  return part.create();
}

async function writeAll(file: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, from + done);
    done += bytesWritten;
  }
}

/** What file systems without hard links answer. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** A second name fails where one exists; renaming would put an end to that other file. */
async function giveName(from: Place, to: Place): Promise<void> {
  try {
    await link(from.path, to.path);
    await rm(from.path, { force: true });
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST") await to.assertFree();
    if (!NO_LINKS.has(code)) throw error;
    // The name is taken by an empty file of ours, which alone is then put an end to.
    await (await to.create()).close();
    await rename(from.path, to.path);
  }
}
