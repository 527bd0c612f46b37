import type { FileHandle } from "node:fs/promises";
import { rm } from "node:fs/promises";
import { z } from "zod";
import { fileExists, onFile } from "./file-errors.js";
import type { Place } from "./place.js";

/** What a file is to hold: the same id and size mean the same bytes. */
export interface Content {
  readonly fileId: string;
  readonly sizeBytes: number;
}

const schema = z.strictObject({
  v: z.literal(1),
  fileId: z.string(),
  sizeBytes: z.int().min(0),
  doneBytes: z.int().min(0),
});

/** Always as long, so that it is written over in one step. */
const LENGTH = 160;

/** Tells of a part what it is a part of, and how much of it is on the disk. */
export class ResumeNote {
  readonly #place: Place;
  readonly #file: FileHandle;
  #content: Content | undefined;
  #doneBytes = 0;

  private constructor(place: Place, file: FileHandle) {
    this.#place = place;
    this.#file = file;
  }

  /** @throws {@link GuardError} `file_exists` when a file of that name is no such note */
  static async open(place: Place): Promise<ResumeNote> {
    const isThere = (await place.find()) !== undefined;
    const note = new ResumeNote(place, await (isThere ? place.reopen() : place.create()));
    try {
      if (isThere) await note.#read();
      return note;
    } catch (error) {
      await note.close();
      throw error;
    }
  }

  get doneBytes(): number {
    return this.#doneBytes;
  }

  /** Nobody knows what it tells of: it was made, and no more. */
  get isEmpty(): boolean {
    return this.#content === undefined;
  }

  describes({ fileId, sizeBytes }: Content): boolean {
    return this.#content?.fileId === fileId && this.#content.sizeBytes === sizeBytes;
  }

  begin(content: Content): Promise<void> {
    this.#content = content;
    return this.write(0);
  }

  write(doneBytes: number): Promise<void> {
    return onFile(this.#place.path, async () => {
      const text = JSON.stringify({ v: 1, ...this.#content, doneBytes });
      await this.#file.write(`${text.padEnd(LENGTH - 1)}\n`, 0);
      this.#doneBytes = doneBytes;
    });
  }

  /** The part is shorter than was noted: some of it was lost. */
  cutTo(sizeBytes: number): void {
    this.#doneBytes = Math.min(this.#doneBytes, sizeBytes);
  }

  async remove(): Promise<void> {
    await this.close();
    await onFile(this.#place.path, () => rm(this.#place.path, { force: true }));
  }

  close(): Promise<void> {
    return onFile(this.#place.path, () => this.#file.close());
  }

  async #read(): Promise<void> {
    const { buffer, bytesRead } = await onFile(this.#place.path, () =>
      this.#file.read(Buffer.alloc(LENGTH + 1), 0, LENGTH + 1, 0),
    );
    if (bytesRead === 0) return;
    const found = bytesRead === LENGTH ? parse(buffer.toString("utf8", 0, LENGTH)) : undefined;
    if (found === undefined) throw fileExists(this.#place.path);
    const { fileId, sizeBytes, doneBytes } = found;
    this.#content = { fileId, sizeBytes };
    this.#doneBytes = doneBytes;
  }
}

function parse(text: string): z.infer<typeof schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
