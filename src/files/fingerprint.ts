import { createHash } from "node:crypto";
import { fileTooLarge } from "./file-errors.js";
import type { FileAccess } from "./access.js";
import { openToSend } from "./open-to-send.js";
import { readParts } from "./read-parts.js";

/** What a file holds, as it was when it was read. */
export interface Fingerprint {
  /** Where it really is. */
  readonly path: string;
  readonly sizeBytes: number;
  /** In hex. */
  readonly sha256: string;
  /** Its first bytes, by which its kind can be told. */
  readonly head: Uint8Array;
}

const READ_BYTES = 512 * 1024;
const HEAD_BYTES = 16;

/**
 * Reads a file through once.
 *
 * @throws {@link GuardError} `path_not_allowed`, `file_unavailable`, `file_too_large`
 */
export async function fingerprintOf(
  access: FileAccess,
  path: string,
  limitBytes: number,
  signal: AbortSignal,
): Promise<Fingerprint> {
  const file = await openToSend(access, path);
  try {
    if (file.sizeBytes > limitBytes) throw fileTooLarge(file.path, file.sizeBytes, limitBytes);
    const hash = createHash("sha256");
    let head: Uint8Array = new Uint8Array();
    for await (const part of readParts(file, READ_BYTES)) {
      signal.throwIfAborted();
      hash.update(part);
      if (head.length === 0) head = Uint8Array.from(part.subarray(0, HEAD_BYTES));
    }
    return { path: file.path, sizeBytes: file.sizeBytes, sha256: hash.digest("hex"), head };
  } finally {
    await file.handle.close();
  }
}
