import type { Place } from "../files/place.js";
import { ResumableFile } from "../files/resumable-file.js";
import { PART_BYTES, partsOf, type Source } from "./download-parts.js";

/** How far a download is. */
export interface DownloadProgress {
  /** What is on the disk, an earlier run's part included. */
  readonly doneBytes: number;
  /** The size of the whole file. */
  readonly totalBytes: number;
}

export interface SaveOptions extends Source {
  readonly place: Place;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** Fetches a file to its place, or what is left of it. What there is stays when it is stopped. */
export async function saveFile(options: SaveOptions): Promise<{ readonly resumed: boolean }> {
  const { file, place, onProgress } = options;
  const { sizeBytes } = file;
  const target = await ResumableFile.open(place, { fileId: file.key, sizeBytes });
  if (target === "complete") return { resumed: true };
  try {
    const from = target.doneBytes === sizeBytes ? sizeBytes : target.doneBytes - (target.doneBytes % PART_BYTES);
    let doneBytes = from;
    for await (const part of partsOf(options, from)) {
      await target.write(doneBytes, part);
      doneBytes += part.length;
      onProgress?.({ doneBytes, totalBytes: sizeBytes });
    }
    await target.publish();
    return { resumed: from > 0 };
  } catch (error) {
    // What went wrong first is what matters.
    await target.leave().catch(() => undefined);
    throw error;
  }
}
