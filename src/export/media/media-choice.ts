import { z } from "zod";
import type { MediaType } from "../../models/media.js";

/** Kinds of media that are files. */
export const FILE_TYPES = [
  "photo",
  "video",
  "video_note",
  "voice",
  "audio",
  "sticker",
  "animation",
  "document",
] as const satisfies readonly MediaType[];

/** A kind of files that an export can bring along. */
export type FileType = (typeof FILE_TYPES)[number];

/** Which files are saved with the messages. What is left out is counted in the report. */
export interface MediaChoice {
  /** @defaultValue all */
  readonly types?: readonly FileType[];
  /** Larger ones are left out. @defaultValue any size */
  readonly maxBytes?: number;
}

/** The same for zod; `true` means all. */
export const mediaSchema = z.union([
  z.literal(true).transform((): MediaChoice => ({})),
  z.strictObject({
    types: z.array(z.enum(FILE_TYPES)).min(1).exactOptional(),
    maxBytes: z.int().min(0).exactOptional(),
  }),
]);

export const isFileType = (type: MediaType): type is FileType => FILE_TYPES.some((one) => one === type);

/** What of the choice tells one export from another. */
export const mediaIdentity = (choice: MediaChoice | undefined) => ({
  media: choice === undefined ? null : FILE_TYPES.filter((type) => choice.types?.includes(type) ?? true),
  mediaMaxBytes: choice?.maxBytes ?? null,
});
