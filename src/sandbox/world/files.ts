import type { MediaFile } from "./media.js";

/** Gives files that exist only when asked for. */
export type FileSource = (id: bigint) => MediaFile | undefined;

/** Every photo and document of the world by its id, for upload.getFile. */
export class Files {
  readonly #known = new Map<bigint, MediaFile>();
  readonly #sources: FileSource[] = [];
  /** Which file references are good: those of this generation. */
  generation = 1;
  #commonDc: number | undefined;
  readonly #dcOf = new Map<bigint, number>();
  #nextId = 5_400_000_000_000_001n;

  nextId(): bigint {
    return this.#nextId++;
  }

  /** The data centre where a file is said to lie, if it is. */
  dcOf(id: bigint): number | undefined {
    return this.#dcOf.get(id) ?? this.#commonDc;
  }

  /** Says where a file lies. */
  place(id: bigint, dcId: number): void {
    this.#dcOf.set(id, dcId);
  }

  /** From now on all files lie there. */
  moveAll(dcId: number): void {
    this.#dcOf.clear();
    this.#commonDc = dcId;
  }

  add<F extends MediaFile>(file: F): F {
    this.#known.set(file.id, file);
    return file;
  }

  addSource(source: FileSource): void {
    this.#sources.push(source);
  }

  get(id: bigint): MediaFile | undefined {
    const known = this.#known.get(id);
    if (known) return known;
    for (const source of this.#sources) {
      const found = source(id);
      if (found) return found;
    }
    return undefined;
  }
}
