import type * as Tl from "../../tl/types.js";
import { fileReference } from "../access-hash.js";
import type { Document, Media, Photo, PhotoSize } from "../media.js";
import type { World } from "../world.js";

/** @param viewer the id of the account that looks at it */
export function presentMedia(world: World, media: Media, viewer: number): Tl.TypeMessageMedia {
  switch (media.kind) {
    case "photo":
      return {
        _: "messageMediaPhoto",
        spoiler: media.spoiler,
        photo: presentPhoto(world, media),
        ttl_seconds: media.ttlSeconds,
      };
    case "document":
      return {
        _: "messageMediaDocument",
        ...flavour(media),
        spoiler: media.spoiler,
        document: presentDocument(world, media),
        ttl_seconds: media.ttlSeconds,
      };
    case "plain":
      return presentPlain(world, media.media, viewer);
  }
}

/** A poll stands as it does at the moment. */
function presentPlain(world: World, media: Tl.TypeMessageMedia, viewer: number): Tl.TypeMessageMedia {
  const poll = media._ === "messageMediaPoll" ? world.polls.get(media.poll.id) : undefined;
  return poll ? { _: "messageMediaPoll", poll: poll.present(), results: poll.presentResults(viewer) } : media;
}

export function presentPhoto(world: World, photo: Photo): Tl.photo {
  return {
    _: "photo",
    id: photo.id,
    access_hash: world.accessHashes.ofFile(photo.id),
    file_reference: fileReference(photo.id, world.files.generation),
    date: photo.date,
    sizes: photo.sizes.map(presentSize),
    dc_id: dcOfFile(world, photo.id),
  };
}

function presentDocument(world: World, document: Document): Tl.document {
  return {
    _: "document",
    id: document.id,
    access_hash: world.accessHashes.ofFile(document.id),
    file_reference: fileReference(document.id, world.files.generation),
    date: document.date,
    mime_type: document.mime,
    size: BigInt(document.bytes.size),
    thumbs: document.thumbs?.map(presentSize),
    attributes: document.attributes,
    dc_id: dcOfFile(world, document.id),
  };
}

/** Large sizes come progressively: the first bytes alone show a coarse picture. */
function presentSize({ type, width: w, height: h, bytes, progressive }: PhotoSize): Tl.TypePhotoSize {
  if (!progressive) return { _: "photoSize", type, w, h, size: bytes.size };
  const sizes = [0.2, 0.5, 1].map((part) => Math.ceil(bytes.size * part));
  return { _: "photoSizeProgressive", type, w, h, sizes };
}

function flavour(document: Document): { video?: boolean; round?: boolean; voice?: boolean } {
  for (const attribute of document.attributes) {
    if (attribute._ === "documentAttributeVideo")
      return attribute.round_message ? { video: true, round: true } : { video: true };
    if (attribute._ === "documentAttributeAudio" && attribute.voice) return { voice: true };
  }
  return {};
}

/** The data centre where a file lies. */
export const dcOfFile = (world: World, id: bigint): number => world.files.dcOf(id) ?? world.mainDc;
