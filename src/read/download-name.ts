import { safeFileName } from "../files/safe-name.js";
import type { Media } from "../models/media.js";

/** The usual endings of what people send. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/gif": ".gif",
  "image/webp": ".webp",
  "image/heic": ".heic",
  "video/mp4": ".mp4",
  "video/quicktime": ".mov",
  "video/webm": ".webm",
  "audio/mpeg": ".mp3",
  "audio/mp4": ".m4a",
  "audio/ogg": ".ogg",
  "audio/flac": ".flac",
  "application/pdf": ".pdf",
  "application/zip": ".zip",
  "application/x-tgsticker": ".tgs",
  "text/plain": ".txt",
};

/** What the file of a message is called here. The id comes first, so that no two messages of a chat share a name. */
export function downloadName(messageId: number, { type, fileName = "", mimeType = "" }: Media): string {
  const plain = `${type}${EXTENSIONS[mimeType] ?? ""}`;
  return `${messageId}-${safeFileName(fileName, plain)}`;
}
