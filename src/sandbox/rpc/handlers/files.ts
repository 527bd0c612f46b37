import type * as Tl from "../../tl/types.js";
import { fileReference, sameHash } from "../../world/access-hash.js";
import type { Bytes, MediaFile } from "../../world/media.js";
import { dcOfFile } from "../../world/present/media.js";
import { RpcError, type Handlers, type RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { targetOf } from "./resolve.js";

const KIB = 1024;
const MIB = 1024 * KIB;

/** Which parts may be asked for (core.telegram.org/api/files#downloading-files). */
function checkPart({ offset, limit, precise }: Tl.upload_getFileRequest): void {
  const step = precise ? KIB : 4 * KIB;
  const from = Number(offset);
  if (from < 0 || from % step !== 0) throw refuse("OFFSET_INVALID");
  if (limit <= 0 || limit > MIB || limit % step !== 0) throw refuse("LIMIT_INVALID");
  if (!precise && MIB % limit !== 0) throw refuse("LIMIT_INVALID");
  if (Math.floor(from / MIB) !== Math.floor((from + limit - 1) / MIB)) throw refuse("LIMIT_INVALID");
}

interface Shown {
  readonly id: bigint;
  readonly access_hash: bigint;
  readonly file_reference: Uint8Array;
}

/**
 * A file that the client shows to know (core.telegram.org/api/file_reference).
 *
 * @throws FILE_ID_INVALID, FILE_REFERENCE_EMPTY, FILE_REFERENCE_EXPIRED
 */
export function knownFile({ world }: RequestContext, shown: Shown, kind: MediaFile["kind"]): MediaFile {
  const file = world.files.get(shown.id);
  if (file?.kind !== kind || !sameHash(world.accessHashes.ofFile(file.id), shown.access_hash)) {
    throw refuse("FILE_ID_INVALID");
  }
  if (shown.file_reference.length === 0) throw refuse("FILE_REFERENCE_EMPTY");
  const good = fileReference(file.id, world.files.generation);
  if (Buffer.compare(shown.file_reference, good) !== 0) throw refuse("FILE_REFERENCE_EXPIRED");
  return file;
}

function bytesAt(file: MediaFile, thumb: string): Bytes {
  if (file.kind === "document" && thumb === "") return file.bytes;
  const sizes = file.kind === "photo" ? file.sizes : (file.thumbs ?? []);
  const size = sizes.find(({ type }) => type === thumb);
  if (!size) throw refuse("LOCATION_INVALID");
  return size.bytes;
}

function storageType(file: MediaFile): Tl.Typestorage_FileType {
  if (file.kind === "photo") return { _: "storage.fileJpeg" };
  switch (file.mime) {
    case "image/jpeg":
      return { _: "storage.fileJpeg" };
    case "image/png":
      return { _: "storage.filePng" };
    case "image/webp":
      return { _: "storage.fileWebp" };
    case "application/pdf":
      return { _: "storage.filePdf" };
    case "audio/mpeg":
      return { _: "storage.fileMp3" };
    case "video/mp4":
      return { _: "storage.fileMp4" };
    default:
      return { _: "storage.fileUnknown" };
  }
}

interface Wanted {
  readonly file: MediaFile;
  readonly bytes: Bytes;
}

/** @throws FILE_MIGRATE_X */
function part(context: RequestContext, { offset, limit }: Tl.upload_getFileRequest, { file, bytes }: Wanted) {
  const dcId = dcOfFile(context.world, file.id);
  if (dcId !== context.dcId) throw new RpcError(303, `FILE_MIGRATE_${dcId}`);
  const read = bytes.read(Number(offset), limit);
  return { _: "upload.file", type: storageType(file), mtime: file.date, bytes: read } as const;
}

/** The picture of a person or chat, which needs no reference: the small one, or the big one. */
function profilePhoto(context: RequestContext, { peer, photo_id, big }: Tl.inputPeerPhotoFileLocation): Wanted {
  const target = targetOf(context, peer);
  const photos = target.kind === "user" ? (target.user.photos ?? []) : target.photo ? [target.photo] : [];
  const file = photos.find(({ id }) => id === photo_id);
  const ordered = [...(file?.sizes ?? [])].sort((a, b) => a.width - b.width);
  const size = big ? ordered.at(-1) : ordered[0];
  if (!file || !size) throw refuse("LOCATION_INVALID");
  return { file, bytes: size.bytes };
}

export const files = {
  "upload.getFile": (request, context) => {
    const { location } = request;
    checkPart(request);
    if (location._ === "inputPeerPhotoFileLocation") return part(context, request, profilePhoto(context, location));
    if (location._ !== "inputPhotoFileLocation" && location._ !== "inputDocumentFileLocation") {
      throw refuse("LOCATION_INVALID");
    }
    const kind = location._ === "inputPhotoFileLocation" ? "photo" : "document";
    const file = knownFile(context, location, kind);
    return part(context, request, { file, bytes: bytesAt(file, location.thumb_size) });
  },
} satisfies Handlers;
