import { roll } from "./dice.js";
import type { Bytes, Document } from "./media.js";

/** Bytes of any length that are the same for the same seed, made as they are read. */
export function patternBytes(seed: number, size: number): Bytes {
  return {
    size,
    read: (offset, limit) => {
      const piece = Buffer.alloc(Math.max(0, Math.min(limit, size - offset)));
      for (let i = 0; i < piece.length; i++) {
        const at = offset + i;
        piece[i] = roll(seed, at >> 2) >>> ((at & 3) * 8);
      }
      return piece;
    },
  };
}

const MIME: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  txt: "text/plain",
  csv: "text/csv",
  zip: "application/zip",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  tgs: "application/x-tgsticker",
  webm: "video/webm",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
};

export function mimeOf(fileName: string): string {
  const extension = fileName.slice(fileName.lastIndexOf(".") + 1).toLowerCase();
  return MIME[extension] ?? "application/octet-stream";
}

/** A file with a name. */
export const paper = (id: bigint, date: number, name: string, bytes: Bytes): Document => ({
  kind: "document",
  id,
  date,
  mime: mimeOf(name),
  bytes,
  attributes: [{ _: "documentAttributeFilename", file_name: name }],
});
