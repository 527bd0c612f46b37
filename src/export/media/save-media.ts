import type { Place } from "../../files/place.js";
import { settlePublished } from "../../files/resumable-file.js";
import type { Message } from "../../models/message.js";
import { findAgain } from "../../read/download-find.js";
import type { RemoteFile } from "../../read/download-file.js";
import { downloadName } from "../../read/download-name.js";
import { saveFile } from "../../read/download-save.js";
import type { SeenFiles } from "../../read/download-seen.js";
import type { ReadOptions } from "../../read/options.js";
import type { ExportPage } from "../export-run.js";
import type { ExportedMessage } from "../exported-message.js";
import type { Missing } from "../shapes.js";
import { WHY, whyNot } from "./left-out.js";
import { mergeMissing } from "../missing.js";
import { isFileType, type FileType, type MediaChoice } from "./media-choice.js";
import type { MediaFolder } from "./media-folder.js";

export interface SaveMediaOptions {
  /** What the pages were read with: it knows where their files are. */
  readonly seen: SeenFiles;
  readonly folder: MediaFolder;
  readonly choice: MediaChoice;
  readonly call: ReadOptions;
}

/**
 * Saves the files of each page before the page is handed on, so that no message names a file that is not there. A file
 * that is there already is not fetched again.
 */
export async function* saveMedia(
  pages: AsyncIterable<ExportPage<ExportedMessage>>,
  options: SaveMediaOptions,
): AsyncGenerator<ExportPage<ExportedMessage>> {
  for await (const page of pages) {
    const items: ExportedMessage[] = [];
    const missing: Missing[] = [];
    for (const message of page.items) {
      const saved = await fileFor(message, options);
      items.push(saved?.file === undefined ? message : { ...message, file: saved.file });
      if (saved?.why === undefined) continue;
      const byChoice = saved.why === WHY.type || saved.why === WHY.size;
      missing.push({ what: "media", count: 1, why: saved.why, ...(byChoice ? { byChoice } : {}) });
    }
    options.seen.forget();
    yield { ...page, items, missing: mergeMissing(page.missing ?? [], missing) };
  }
}

/** The file of a message, or why there is none; `undefined` for a message that has nothing to save. */
type Saved = { readonly file: string; readonly why?: never } | { readonly file?: never; readonly why: string };

async function fileFor(message: Message, options: SaveMediaOptions): Promise<Saved | undefined> {
  const { id, media } = message;
  if (media === undefined || !isFileType(media.type)) return undefined;
  const { seen, folder, choice } = options;
  const { types, maxBytes = Infinity } = choice;
  const { type } = media;
  if (types?.includes(type) === false) return { why: WHY.type };
  const file = seen.fileOf(id);
  if (file === undefined) return { why: WHY.gone };
  if (file.sizeBytes > maxBytes) return { why: WHY.size };
  const name = downloadName(id, media);
  try {
    await fetchOnce(message, file, { type, name }, options);
    return { file: folder.pathFromExport(type, name) };
  } catch (error) {
    const why = whyNot(error);
    if (why === undefined) throw error;
    return { why };
  }
}

async function fetchOnce(
  { id, chatId }: Message,
  file: RemoteFile,
  { type, name }: { readonly type: FileType; readonly name: string },
  { seen, folder, call }: SaveMediaOptions,
): Promise<void> {
  const place = await folder.place(type, name);
  if (await isThere(place, file)) return;
  const renew = () => findAgain(seen, chatId, id, file, call);
  await saveFile({ telegram: seen, file, renew, signal: call.signal, place });
}

/** A file gets its name only when it is complete, so one of this size is the file. */
async function isThere(place: Place, { key, sizeBytes }: RemoteFile): Promise<boolean> {
  await place.makeFolders();
  const found = await place.find();
  if (found?.isFile() !== true || found.size !== BigInt(sizeBytes)) return false;
  await settlePublished(place, { fileId: key, sizeBytes });
  return true;
}
