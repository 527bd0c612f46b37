import { constants } from "node:fs";
import { copyFile, open, readFile, rename, rm, stat, truncate, type FileHandle } from "node:fs/promises";
import { onFile } from "../files/file-errors.js";
import { isMissing } from "../system-error.js";
import { OWNER_ONLY } from "./whole-file.js";

/** Where an export stands until it is complete. */
export const partPath = (to: string): string => `${to}.part`;

/** The size in bytes; `undefined` when there is no such file. */
export const sizeOf = (path: string): Promise<number | undefined> =>
  onFile(path, async () => {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });

/** A file that gets its name only when it is complete. */
export class PartFile {
  readonly #to: string;
  readonly #file: FileHandle;
  #bytes: number;

  private constructor(to: string, file: FileHandle, bytes: number) {
    this.#to = to;
    this.#file = file;
    this.#bytes = bytes;
  }

  /** An empty one. */
  static create(to: string): Promise<PartFile> {
    return onFile(to, async () => new PartFile(to, await open(partPath(to), "w", OWNER_ONLY), 0));
  }

  /** Goes on with what an earlier run wrote; what stands beyond `bytes` was not finished and is cut off. */
  static reopen(to: string, bytes: number): Promise<PartFile> {
    return onFile(to, async () => {
      await truncate(partPath(to), bytes);
      return new PartFile(to, await open(partPath(to), "a", OWNER_ONLY), bytes);
    });
  }

  /** Goes on with a copy of a complete export, which stays as it is until the new one is complete. */
  static extend(to: string, bytes: number): Promise<PartFile> {
    return onFile(to, async () => {
      await copyFile(to, partPath(to), constants.COPYFILE_FICLONE);
      return PartFile.reopen(to, bytes);
    });
  }

  /** How long it is now. */
  get bytes(): number {
    return this.#bytes;
  }

  write(text: string): Promise<void> {
    return onFile(this.#to, async () => {
      if (text === "") return;
      const bytes = Buffer.from(text);
      await this.#file.appendFile(bytes);
      this.#bytes += bytes.length;
    });
  }

  /** On the disk for good; to be published then. */
  close(): Promise<void> {
    return onFile(this.#to, async () => {
      try {
        await this.#file.sync();
      } finally {
        await this.#file.close();
      }
    });
  }

  /** Leaves it for a later run, or removes it when there is nothing to go on with. It may be closed already. */
  abandon(keep: boolean): Promise<void> {
    return onFile(this.#to, async () => {
      await this.#file.close();
      if (!keep) await rm(partPath(this.#to), { force: true });
    });
  }
}

/** Gives a file its name, in one step. */
export const publish = (from: string, to: string): Promise<void> => onFile(to, () => rename(from, to));

export const removePart = (to: string): Promise<void> => onFile(to, () => rm(partPath(to), { force: true }));

/** The records that were gathered so far, one JSON object a line, in the order in which they were found. */
export const readGathered = <T>(to: string, bytes: number): Promise<T[]> =>
  onFile(to, async () => {
    const text = (await readFile(partPath(to))).subarray(0, bytes).toString("utf8");
    const lines = text.split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as T);
  });
