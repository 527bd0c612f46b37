import { join, parse, posix } from "node:path";
import type { Writable } from "node:stream";
import { GuardError } from "../../errors.js";
import { findPlace } from "../../files/find-place.js";
import type { Place } from "../../files/place.js";
import type { FileType } from "./media-choice.js";

/** Telegram Desktop's own names. */
const SUBFOLDERS: Readonly<Record<FileType, string>> = {
  photo: "photos",
  video: "video_files",
  animation: "video_files",
  video_note: "round_video_messages",
  voice: "voice_messages",
  audio: "files",
  sticker: "stickers",
  document: "files",
};

/** @throws {@link GuardError} `input_invalid` for a stream, beside which nothing can stand */
export function mediaFolder(to: string | Writable): MediaFolder {
  if (typeof to === "string") return new MediaFolder(to);
  throw new GuardError("input_invalid", "options.media: files need a place beside the export, and a stream has none.", {
    details: { path: "options.media" },
    nextStep: "Export to a file.",
  });
}

/** The folder beside an export that its files are saved to: `chat_files` for `chat.jsonl`. */
export class MediaFolder {
  readonly #name: string;
  readonly #path: string;

  constructor(to: string) {
    const { dir, name } = parse(to);
    this.#name = `${name}_files`;
    this.#path = join(dir, this.#name);
  }

  /** Where a file belongs. */
  place(type: FileType, name: string): Promise<Place> {
    return findPlace({ roots: [this.#path], hidden: [] }, `${SUBFOLDERS[type]}/`, name);
  }

  /** The same relative to the export, with `/` on every system. */
  pathFromExport(type: FileType, name: string): string {
    return posix.join(this.#name, SUBFOLDERS[type], name);
  }
}
