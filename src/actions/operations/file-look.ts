import type { Api } from "telegram";
import { basename } from "node:path";
import { GuardError } from "../../errors.js";
import type { Fingerprint } from "../../files/fingerprint.js";
import { mimeTypeOf, pictureType } from "../../files/mime-type.js";
import { safeFileName } from "../../files/safe-name.js";
import type { Addressing } from "../../telegram/peer.js";

/** As what a file arrives. */
export interface FileLook {
  readonly as: "document" | "photo";
  /** What people will see it is called; a photo shows no name. */
  readonly name: string;
  readonly mimeType: string;
}

/** Telegram makes photos of no larger files (core.telegram.org/api/files#uploading-files). */
const LARGEST_PHOTO = 10 * 1024 * 1024;

/**
 * A document arrives byte for byte, and what it is called tells its type. A photo is what its first bytes say.
 *
 * @throws {@link GuardError} `input_invalid` for a photo that is none
 */
export function lookOf({ path, sizeBytes, head }: Fingerprint, as: FileLook["as"], fileName?: string): FileLook {
  if (as === "document") {
    const name = safeFileName(fileName ?? basename(path));
    return { as, name, mimeType: mimeTypeOf(name) };
  }
  const mimeType = pictureType(head);
  if (mimeType === undefined) throw noPhoto("is neither a JPEG nor a PNG");
  if (sizeBytes > LARGEST_PHOTO) throw noPhoto(`has more than ${LARGEST_PHOTO} bytes`);
  return { as, name: mimeType === "image/png" ? "photo.png" : "photo.jpg", mimeType };
}

const noPhoto = (fault: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `sendFile.as: the file ${fault}, so it cannot be sent as a photo`, {
    details: { path: "sendFile.as" },
    nextStep: 'Send it as a "document".',
  });

/** What a person should know of it that the path and the size do not tell. */
export const lookWarnings = ({ as, name }: FileLook, { path }: Fingerprint): readonly string[] => [
  ...(as === "photo" ? ["As a photo it is compressed by Telegram: other bytes arrive than these."] : []),
  ...(as === "document" && name !== basename(path) ? [`It arrives under the name "${name}".`] : []),
];

/** The uploaded file as what a request sends. */
export function inputMedia({ api }: Addressing, file: Api.TypeInputFile, { as, name, mimeType }: FileLook) {
  if (as === "photo") return new api.InputMediaUploadedPhoto({ file });
  const attributes = [new api.DocumentAttributeFilename({ fileName: name })];
  // Otherwise Telegram makes pictures, animations or music of some documents.
  return new api.InputMediaUploadedDocument({ file, mimeType, attributes, forceFile: true });
}

/** Whether a message holds such a file. Of a photo Telegram keeps other bytes, so any will do. */
export function isSuch(media: Api.TypeMessageMedia | undefined, { as, name }: FileLook, sizeBytes: number): boolean {
  if (as === "photo") return media?.className === "MessageMediaPhoto";
  if (media?.className !== "MessageMediaDocument" || media.document?.className !== "Document") return false;
  const { size, attributes } = media.document;
  const named = attributes.find((attribute) => attribute.className === "DocumentAttributeFilename");
  return size.toString() === String(sizeBytes) && named?.fileName === name;
}
