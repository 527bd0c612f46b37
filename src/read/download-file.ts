import type { Api } from "telegram";
import { toNumber } from "../models/ids.js";
import type { Addressing } from "../telegram/peer.js";

/** A file at Telegram, and where to ask for it for as long as its reference is good. */
export interface RemoteFile {
  /** Names the bytes: the same key and size mean the same file. */
  readonly key: string;
  readonly sizeBytes: number;
  readonly location: Api.TypeInputFileLocation;
}

/** The file of a message: a document, or a photo in its largest size. `undefined` where there is none, or none any more. */
export function remoteFileOf(telegram: Addressing, message: Api.TypeMessage): RemoteFile | undefined {
  const media = message.className === "Message" ? message.media : undefined;
  if (media?.className === "MessageMediaDocument" && media.document?.className === "Document") {
    return documentFile(telegram, media.document);
  }
  if (media?.className === "MessageMediaPhoto" && media.photo?.className === "Photo") {
    return photoFile(telegram, media.photo);
  }
  return undefined;
}

function documentFile({ api }: Addressing, { id, accessHash, fileReference, size }: Api.Document): RemoteFile {
  const location = new api.InputDocumentFileLocation({ id, accessHash, fileReference, thumbSize: "" });
  return { key: `document ${id.toString()}`, sizeBytes: toNumber(size), location };
}

function photoFile({ api }: Addressing, { id, accessHash, fileReference, sizes }: Api.Photo): RemoteFile | undefined {
  const [largest] = sizes.filter(isStored).sort((one, other) => other.w * other.h - one.w * one.h);
  if (largest === undefined) return undefined;
  const location = new api.InputPhotoFileLocation({ id, accessHash, fileReference, thumbSize: largest.type });
  const sizeBytes = largest.className === "PhotoSize" ? largest.size : Math.max(...largest.sizes);
  return { key: `photo ${id.toString()} ${largest.type}`, sizeBytes, location };
}

/** The other forms of a size are outlines and previews that come within the message. */
const isStored = (size: Api.TypePhotoSize): size is Api.PhotoSize | Api.PhotoSizeProgressive =>
  size.className === "PhotoSize" || size.className === "PhotoSizeProgressive";
