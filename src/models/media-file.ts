import type { Api } from "telegram";
import { toNumber } from "./ids.js";
import type { Media } from "./media.js";
import { present } from "./present.js";

/** A photo is stored in several sizes; the largest is the photo. */
export function photoFields(photo: Api.TypePhoto | undefined): Partial<Media> {
  if (photo?.className !== "Photo") return {};
  const sizes = photo.sizes.flatMap((size) =>
    "w" in size ? [{ width: size.w, height: size.h, bytes: bytesOf(size) }] : [],
  );
  const largest = sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best), {
    width: 0,
    height: 0,
    bytes: 0,
  });
  const { width, height, bytes: sizeBytes } = largest;
  return { fileId: photo.id.toString(), mimeType: "image/jpeg", sizeBytes, width, height };
}

function bytesOf(size: Api.TypePhotoSize): number {
  if (size.className === "PhotoSizeProgressive") return Math.max(...size.sizes);
  return "size" in size ? size.size : 0;
}

/** What a document is follows from its attributes (core.telegram.org/type/DocumentAttribute). */
export function documentMedia(document: Api.Document): Media {
  const found = document.attributes.reduce<Media>((media, attribute) => ({ ...media, ...told(attribute, media) }), {
    type: "document",
  });
  return {
    ...found,
    fileId: document.id.toString(),
    mimeType: document.mimeType,
    sizeBytes: toNumber(document.size),
  };
}

function told(attribute: Api.TypeDocumentAttribute, { type }: Media): Partial<Media> {
  switch (attribute.className) {
    case "DocumentAttributeFilename":
      return present({ fileName: attribute.fileName });
    case "DocumentAttributeVideo":
      return {
        type: attribute.roundMessage ? "video_note" : type === "document" ? "video" : type,
        width: attribute.w,
        height: attribute.h,
        durationSeconds: attribute.duration,
      };
    case "DocumentAttributeAudio": {
      const { title, performer } = attribute;
      const kind = attribute.voice ? "voice" : "audio";
      return { type: kind, durationSeconds: attribute.duration, ...present({ title, performer }) };
    }
    case "DocumentAttributeSticker":
      return { type: "sticker", ...present({ emoji: attribute.alt }) };
    case "DocumentAttributeAnimated":
      return type === "sticker" ? {} : { type: "animation" };
    case "DocumentAttributeImageSize":
      return { width: attribute.w, height: attribute.h };
    default:
      return {};
  }
}
