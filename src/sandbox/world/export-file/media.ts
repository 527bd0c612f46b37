import { basename } from "node:path";
import type * as Tl from "../../tl/types.js";
import type { Document, Media, Photo } from "../media.js";
import { mimeOf, patternBytes } from "../paper.js";
import { pictureSizes } from "../picture.js";
import type { World } from "../world.js";
import { bytesBeside } from "./disk-bytes.js";
import { plainMedia } from "./plain-media.js";
import type { ExportedMessage } from "./schema.js";

/** Stands in for a file that was left out of the export and of which not even the size is known. */
const UNKNOWN_SIZE = 1024;

/** The media of a message. Files that were left out of the export are replaced by made-up ones. */
export function readMedia(world: World, file: string, message: ExportedMessage, date: number): Media | undefined {
  if (message.photo !== undefined && message.photo !== "") return world.files.add(photo(world, file, message, date));
  if (message.file !== undefined) return world.files.add(document(world, file, message, date));
  if (message.type === "unsupported") return { kind: "plain", media: { _: "messageMediaUnsupported" } };
  const media = plainMedia(file, message, () => world.files.nextId());
  return media && { kind: "plain", media };
}

function photo(world: World, file: string, message: ExportedMessage, date: number): Photo {
  const { width = 0, height = 0, photo_file_size } = message;
  const madeUp = photo_file_size === undefined ? undefined : patternBytes(message.id, photo_file_size);
  const bytes = bytesBeside(file, message.photo) ?? madeUp;
  const sizes = bytes ? [{ type: "x", width, height, bytes }] : pictureSizes(message.id);
  return { kind: "photo", id: world.files.nextId(), date, sizes, ...hidden(message) };
}

const hidden = ({ media_spoiler, self_destruct_period_seconds }: ExportedMessage) => ({
  spoiler: media_spoiler || undefined,
  ttlSeconds: self_destruct_period_seconds,
});

function document(world: World, file: string, message: ExportedMessage, date: number): Document {
  const name = message.file_name ?? (isLeftOut(message) ? "" : basename(message.file ?? ""));
  const bytes = bytesBeside(file, message.file) ?? patternBytes(message.id, message.file_size ?? UNKNOWN_SIZE);
  const thumb = bytesBeside(file, message.thumbnail);
  return {
    kind: "document",
    id: world.files.nextId(),
    date,
    mime: message.mime_type ?? mimeOf(name),
    bytes,
    attributes: attributes(message, name),
    thumbs: thumb && [{ type: "m", width: 320, height: 320, bytes: thumb }],
    ...hidden(message),
  };
}

/** What stands in the place of a path is a sentence in brackets. */
const isLeftOut = ({ file }: ExportedMessage): boolean => file?.startsWith("(") ?? false;

function attributes(message: ExportedMessage, name: string): Tl.TypeDocumentAttribute[] {
  // Voice messages, stickers and the like had no name before the export gave their files one.
  const nameless = message.file_name === undefined && (message.media_type !== undefined || isLeftOut(message));
  const named = { _: "documentAttributeFilename", file_name: name } as const;
  return nameless ? special(message) : [named, ...special(message)];
}

function special(message: ExportedMessage): Tl.TypeDocumentAttribute[] {
  const { width: w = 0, height: h = 0, duration_seconds: duration = 0, title, performer } = message;
  const video = { _: "documentAttributeVideo", duration, w, h, supports_streaming: true } as const;
  switch (message.media_type) {
    case "sticker":
      return [
        { _: "documentAttributeSticker", alt: message.sticker_emoji ?? "", stickerset: { _: "inputStickerSetEmpty" } },
        { _: "documentAttributeImageSize", w, h },
      ];
    case "voice_message":
      return [{ _: "documentAttributeAudio", voice: true, duration }];
    case "audio_file":
      return [{ _: "documentAttributeAudio", duration, title, performer }];
    case "video_file":
      return [video];
    case "video_message":
      return [{ ...video, round_message: true }];
    case "animation":
      return [video, { _: "documentAttributeAnimated" }];
    default:
      return w > 0 && h > 0 ? [{ _: "documentAttributeImageSize", w, h }] : [];
  }
}
