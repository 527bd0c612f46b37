import type { Api } from "telegram";
import { toNumber } from "./ids.js";
import { present } from "./present.js";

export type MediaType =
  | "photo"
  | "video"
  | "video_note"
  | "voice"
  | "audio"
  | "sticker"
  | "animation"
  | "document"
  | "web_page"
  | "contact"
  | "location"
  | "venue"
  | "poll"
  | "dice"
  | "game"
  | "invoice"
  | "story"
  | "giveaway"
  | "other";

/** What is attached to a message. */
export interface Media {
  readonly type: MediaType;
  readonly fileName?: string;
  readonly mimeType?: string;
  readonly sizeBytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
  /** The address of a web page preview. */
  readonly url?: string;
}

export function toMedia(media: Api.TypeMessageMedia): Media | undefined {
  switch (media.className) {
    case "MessageMediaEmpty":
      return undefined;
    case "MessageMediaPhoto":
      return { type: "photo", ...photoFields(media.photo) };
    case "MessageMediaDocument":
      return media.document?.className === "Document" ? documentMedia(media.document) : { type: "document" };
    case "MessageMediaWebPage":
      return { type: "web_page", ...present({ url: "url" in media.webpage ? media.webpage.url : undefined }) };
    default:
      return { type: OTHER[media.className] ?? "other" };
  }
}

const OTHER: Readonly<Record<string, MediaType>> = {
  MessageMediaContact: "contact",
  MessageMediaGeo: "location",
  MessageMediaGeoLive: "location",
  MessageMediaVenue: "venue",
  MessageMediaPoll: "poll",
  MessageMediaDice: "dice",
  MessageMediaGame: "game",
  MessageMediaInvoice: "invoice",
  MessageMediaStory: "story",
  MessageMediaGiveaway: "giveaway",
  MessageMediaGiveawayResults: "giveaway",
};

/** A photo is stored in several sizes; the largest is the photo. */
function photoFields(photo: Api.TypePhoto | undefined): Partial<Media> {
  if (photo?.className !== "Photo") return {};
  const sizes = photo.sizes.flatMap((size) =>
    "w" in size ? [{ width: size.w, height: size.h, bytes: bytesOf(size) }] : [],
  );
  const largest = sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best), {
    width: 0,
    height: 0,
    bytes: 0,
  });
  return { mimeType: "image/jpeg", sizeBytes: largest.bytes, width: largest.width, height: largest.height };
}

function bytesOf(size: Api.TypePhotoSize): number {
  if (size.className === "PhotoSizeProgressive") return Math.max(...size.sizes);
  return "size" in size ? size.size : 0;
}

function documentMedia(document: Api.Document): Media {
  const found: { type: MediaType } & Partial<
    Record<"fileName", string> & Record<"width" | "height" | "durationSeconds", number>
  > = { type: "document" };
  for (const attribute of document.attributes) {
    switch (attribute.className) {
      case "DocumentAttributeFilename":
        found.fileName = attribute.fileName;
        break;
      case "DocumentAttributeVideo":
        found.type = attribute.roundMessage ? "video_note" : found.type === "animation" ? "animation" : "video";
        found.width = attribute.w;
        found.height = attribute.h;
        found.durationSeconds = attribute.duration;
        break;
      case "DocumentAttributeAudio":
        found.type = attribute.voice ? "voice" : "audio";
        found.durationSeconds = attribute.duration;
        break;
      case "DocumentAttributeSticker":
        found.type = "sticker";
        break;
      case "DocumentAttributeAnimated":
        found.type = "animation";
        break;
      case "DocumentAttributeImageSize":
        found.width = attribute.w;
        found.height = attribute.h;
        break;
    }
  }
  return { ...found, mimeType: document.mimeType, sizeBytes: toNumber(document.size) };
}
