import type * as Tl from "../tl/types.js";

/** The bytes of a file, read piece by piece so that a large one need not be in memory. */
export interface Bytes {
  readonly size: number;
  /** At most `limit` bytes from `offset`; fewer at the end, none beyond it. */
  read(offset: number, limit: number): Uint8Array;
}

export interface PhotoSize {
  /** The letter that names the size (core.telegram.org/api/files#image-thumbnail-types). */
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Bytes;
  readonly progressive?: boolean | undefined;
}

export interface Photo {
  readonly kind: "photo";
  readonly id: bigint;
  readonly date: number;
  readonly sizes: readonly PhotoSize[];
  readonly spoiler?: boolean | undefined;
  /** Seconds it can be looked at before it vanishes. */
  readonly ttlSeconds?: number | undefined;
}

export interface Document {
  readonly kind: "document";
  readonly id: bigint;
  readonly date: number;
  readonly mime: string;
  readonly bytes: Bytes;
  readonly attributes: readonly Tl.TypeDocumentAttribute[];
  readonly thumbs?: readonly PhotoSize[] | undefined;
  readonly spoiler?: boolean | undefined;
  /** Seconds it can be looked at before it vanishes. */
  readonly ttlSeconds?: number | undefined;
}

/** Media without a file (a poll, a place, a contact…), kept in its TL form. */
export interface PlainMedia {
  readonly kind: "plain";
  readonly media: Tl.TypeMessageMedia;
}

export type MediaFile = Photo | Document;
export type Media = MediaFile | PlainMedia;

export function bytesOf(data: Uint8Array): Bytes {
  return { size: data.length, read: (offset, limit) => data.subarray(offset, offset + limit) };
}

export function fileName(document: Document): string | undefined {
  for (const attribute of document.attributes) {
    if (attribute._ === "documentAttributeFilename") return attribute.file_name;
  }
  return undefined;
}
