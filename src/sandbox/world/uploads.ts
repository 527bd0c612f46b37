import { bytesOf, type Bytes } from "./media.js";

/** How many uploads are kept, those that were used among them. */
const KEPT = 256;

interface Upload {
  /** Uploaded by saveBigFilePart, which tells how many parts there will be. */
  readonly total?: number | undefined;
  readonly parts: Map<number, Uint8Array>;
}

/** Parts of files on their way here, by the id that the client gave each file (core.telegram.org/api/files). */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  /** A part that comes again takes the place of the one before. */
  save(account: number, file: bigint, part: number, bytes: Uint8Array, total?: number): void {
    const name = key(account, file);
    const upload = this.#uploads.get(name) ?? { total, parts: new Map<number, Uint8Array>() };
    upload.parts.set(part, Uint8Array.from(bytes));
    this.#uploads.delete(name);
    this.#uploads.set(name, upload);
    const [oldest] = this.#uploads.keys();
    if (this.#uploads.size > KEPT && oldest !== undefined) this.#uploads.delete(oldest);
  }

  get(account: number, file: bigint): Upload | undefined {
    return this.#uploads.get(key(account, file));
  }
}

const key = (account: number, file: bigint): string => `${account}:${BigInt.asIntN(64, file)}`;

export const joined = (parts: readonly Uint8Array[]): Bytes => bytesOf(Buffer.concat(parts));
