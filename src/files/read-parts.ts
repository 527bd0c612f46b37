import type { OpenFile } from "./open-to-send.js";
import { changed, fileUnavailable } from "./file-errors.js";

/**
 * The bytes of a file from its beginning to its end, in parts of one size save the last. They are exactly as many as when
 * it was opened; no more than a part is held at a time.
 *
 * @throws {@link GuardError} `file_unavailable` when it grew or shrank meanwhile
 */
export async function* readParts({ handle, path, sizeBytes }: OpenFile, partBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < sizeBytes; at += partBytes) {
    const part = await readAt(handle, path, at, Math.min(partBytes, sizeBytes - at));
    if (part.length < Math.min(partBytes, sizeBytes - at)) throw changed(path);
    yield part;
  }
  if ((await readAt(handle, path, sizeBytes, 1)).length > 0) throw changed(path);
}

/** A read may bring less than was asked for; only none at all is the end. */
async function readAt(handle: OpenFile["handle"], path: string, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done).catch((cause: unknown) => {
      throw fileUnavailable(path, "unreadable", cause instanceof Error ? cause.message : "it cannot be read", cause);
    });
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
