import { closeSync, openSync, readSync, statSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import type { Bytes } from "../media.js";
import { WorldFileError } from "./world-file-error.js";

/**
 * A file beside the export, read when asked for. Undefined when it was not exported: the path is then a remark in brackets.
 *
 * @throws {@link WorldFileError} for a path that leads out of the export's folder
 */
export function bytesBeside(file: string, path: string | undefined): Bytes | undefined {
  if (path === undefined || path.startsWith("(")) return undefined;
  const folder = resolve(dirname(file));
  const full = resolve(folder, path);
  if (!full.startsWith(folder + sep)) throw new WorldFileError(file, "", `the path ${path} leads out of the folder`);
  const size = statSync(full, { throwIfNoEntry: false })?.size;
  return size === undefined ? undefined : { size, read: (offset, limit) => readPiece(full, offset, limit) };
}

function readPiece(path: string, offset: number, limit: number): Uint8Array {
  const descriptor = openSync(path, "r");
  try {
    const piece = Buffer.alloc(limit);
    return piece.subarray(0, readSync(descriptor, piece, 0, limit, offset));
  } finally {
    closeSync(descriptor);
  }
}
