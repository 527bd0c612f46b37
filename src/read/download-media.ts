import { messageId as idSchema } from "./message-id.js";
import type { FileAccess } from "../files/access.js";
import { z } from "zod";
import { GuardError } from "../errors.js";
import { findPlace } from "../files/find-place.js";
import { parseInput } from "../input.js";
import type { Media } from "../models/media.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { findAgain, findMedia } from "./download-find.js";
import { downloadName } from "./download-name.js";
import { saveFile, type DownloadProgress } from "./download-save.js";
import { SeenFiles } from "./download-seen.js";

/** Where a download goes, and how large it may be. */
export interface DownloadMediaOptions {
  /**
   * A folder, or the path of the file itself; relative to the first of the allowed folders. Folders on the way are made.
   *
   * @defaultValue the first of the allowed folders
   */
  readonly to?: string;
  /** After each part. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** What is there already stays, for the next call to go on with. */
  readonly signal?: AbortSignal;
  /** A larger file is refused before anything of it is fetched. @defaultValue any size */
  readonly limitBytes?: number;
}

/** A file that was downloaded. */
export interface DownloadedMedia {
  /** Where the file is. */
  readonly path: string;
  /** How large it is. */
  readonly bytes: number;
  readonly media: Media;
  /** It went on with what an earlier call had left. */
  readonly resumed: boolean;
}

const schema = z.strictObject({
  to: z.string().min(1).exactOptional(),
  onProgress: z.custom<(progress: DownloadProgress) => void>((value) => typeof value === "function").exactOptional(),
  signal: z.instanceof(AbortSignal).exactOptional(),
  limitBytes: z.int().min(0).exactOptional(),
});

export async function downloadMedia(
  telegram: Telegram,
  access: FileAccess,
  chat: ChatRef,
  messageId: number,
  options: DownloadMediaOptions = {},
): Promise<DownloadedMedia> {
  const id = parseInput(idSchema, messageId, "messageId");
  const { to, onProgress, signal, limitBytes = Infinity } = parseInput(schema, options, "options");
  const call = signal === undefined ? {} : { signal };
  const seen = new SeenFiles(telegram);
  const { media, file } = await findMedia(seen, chat, id, call);
  if (file.sizeBytes > limitBytes) throw tooLarge(file.sizeBytes, limitBytes);
  const place = await findPlace(access, to, downloadName(id, media));
  const renew = () => findAgain(seen, chat, id, file, call);
  const { resumed } = await saveFile({ telegram, file, renew, signal, place, onProgress });
  return { path: place.path, bytes: file.sizeBytes, media, resumed };
}

const tooLarge = (sizeBytes: number, limitBytes: number): GuardError<"file_too_large"> =>
  new GuardError("file_too_large", `The file has ${sizeBytes} bytes; ${limitBytes} are allowed.`, {
    details: { sizeBytes, limitBytes },
    nextStep: "Raise limitBytes to fetch it all the same.",
  });
