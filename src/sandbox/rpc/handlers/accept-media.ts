import type * as Tl from "../../tl/types.js";
import { imageSize } from "../../world/image-size.js";
import { fileName, type Document, type Media, type MediaFile, type Photo, type PhotoSize } from "../../world/media.js";
import type { RequestContext } from "../handler.js";
import { acceptPlain } from "./accept-plain.js";
import { knownFile } from "./files.js";
import { notServed, refuse } from "./refuse.js";
import type { Target } from "./resolve.js";
import { uploadedFile, type UploadedFile } from "./uploaded-file.js";

const MIB = 1024 * 1024;
const LARGEST_PHOTO = 10 * MIB;
/** Width and height together, and how much longer one may be than the other. */
const LONGEST_SIDES = 10_000;
const STEEPEST = 20;

/**
 * What a request wants to send beside text, as it will stand in the world.
 *
 * @throws MEDIA_EMPTY, the errors of {@link uploadedFile} and of file references, PHOTO_INVALID_DIMENSIONS…
 */
export function acceptMedia(context: RequestContext, target: Target, input: Tl.TypeInputMedia): Media {
  if ("ttl_seconds" in input && input.ttl_seconds !== undefined && target.kind !== "user") {
    throw refuse("TTL_MEDIA_INVALID");
  }
  switch (input._) {
    case "inputMediaEmpty":
      throw refuse("MEDIA_EMPTY");
    case "inputMediaUploadedPhoto":
      return added(context, { ...photoOf(context, uploadedFile(context, input.file)), ...manner(input) });
    case "inputMediaUploadedDocument":
      return added(context, { ...documentOf(context, input), ...manner(input) });
    case "inputMediaPhoto":
      return { ...existing(context, input.id, "photo"), ...manner(input) };
    case "inputMediaDocument":
      return { ...existing(context, input.id, "document"), ...manner(input) };
    default: {
      const plain = acceptPlain(context, input);
      if (plain) return plain;
      throw notServed();
    }
  }
}

/** A new file lies where it was sent from. */
function added({ world, dcId }: RequestContext, file: MediaFile): Media {
  world.files.place(file.id, dcId);
  return world.files.add(file);
}

type Manner = Pick<Photo, "spoiler" | "ttlSeconds">;

const manner = (input: {
  readonly spoiler?: boolean | undefined;
  readonly ttl_seconds?: number | undefined;
}): Manner => ({
  spoiler: input.spoiler,
  ttlSeconds: input.ttl_seconds,
});

const seconds = ({ now }: RequestContext): number => Math.floor(now / 1000);

/** An uploaded file as a picture. @throws PHOTO_SAVE_FILE_INVALID, IMAGE_PROCESS_FAILED, PHOTO_INVALID_DIMENSIONS */
export function newPhoto(context: RequestContext, input: Tl.TypeInputFile): Photo {
  const photo = photoOf(context, uploadedFile(context, input));
  context.world.files.place(photo.id, context.dcId);
  return context.world.files.add(photo);
}

function photoOf(context: RequestContext, { bytes }: UploadedFile): Photo {
  if (bytes.size > LARGEST_PHOTO) throw refuse("PHOTO_SAVE_FILE_INVALID");
  const size = imageSize(bytes.read(0, bytes.size));
  if (!size) throw refuse("IMAGE_PROCESS_FAILED");
  const { width, height } = size;
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (width + height > LONGEST_SIDES || !(ratio <= STEEPEST)) throw refuse("PHOTO_INVALID_DIMENSIONS");
  const type = Math.max(width, height) > 800 ? "y" : "x";
  return { kind: "photo", id: context.world.files.nextId(), date: seconds(context), sizes: [{ type, ...size, bytes }] };
}

function documentOf(context: RequestContext, input: Tl.inputMediaUploadedDocument): Document {
  const { name, bytes } = uploadedFile(context, input.file);
  const document: Document = {
    kind: "document",
    id: context.world.files.nextId(),
    date: seconds(context),
    mime: input.mime_type,
    bytes,
    attributes: input.attributes,
    thumbs: input.thumb && [thumbOf(context, input.thumb)],
  };
  if (fileName(document) !== undefined || name === "") return document;
  const named = { _: "documentAttributeFilename", file_name: name } as const;
  return { ...document, attributes: [...document.attributes, named] };
}

function thumbOf(context: RequestContext, input: Tl.TypeInputFile): PhotoSize {
  const { bytes } = uploadedFile(context, input);
  const size = imageSize(bytes.read(0, bytes.size));
  if (!size) throw refuse("IMAGE_PROCESS_FAILED");
  return { type: "m", ...size, bytes };
}

type Existing = Tl.TypeInputPhoto | Tl.TypeInputDocument;

function existing(context: RequestContext, input: Existing, kind: MediaFile["kind"]): MediaFile {
  if (input._ === "inputPhotoEmpty" || input._ === "inputDocumentEmpty") throw refuse("MEDIA_EMPTY");
  return knownFile(context, input, kind);
}
