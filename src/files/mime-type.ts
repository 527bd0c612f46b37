import { extname } from "node:path";

/** The usual endings of what people send. */
const TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".heic": "image/heic",
  ".svg": "image/svg+xml",
  ".mp4": "video/mp4",
  ".mov": "video/quicktime",
  ".webm": "video/webm",
  ".mp3": "audio/mpeg",
  ".m4a": "audio/mp4",
  ".ogg": "audio/ogg",
  ".flac": "audio/flac",
  ".wav": "audio/x-wav",
  ".pdf": "application/pdf",
  ".zip": "application/zip",
  ".json": "application/json",
  ".csv": "text/csv",
  ".html": "text/html",
  ".md": "text/markdown",
  ".txt": "text/plain",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/** What a file says it is by its name. It tells nothing of what the file holds. */
export const mimeTypeOf = (name: string): string => TYPES[extname(name).toLowerCase()] ?? "application/octet-stream";

/** A picture by its first bytes, of the two kinds that are sent as photos. */
export function pictureType(head: Uint8Array): "image/jpeg" | "image/png" | undefined {
  const begins = (signature: readonly number[]): boolean => signature.every((byte, index) => head[index] === byte);
  if (begins([0xff, 0xd8, 0xff])) return "image/jpeg";
  return begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) ? "image/png" : undefined;
}
