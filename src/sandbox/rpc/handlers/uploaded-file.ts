import { createHash } from "node:crypto";
import type * as Tl from "../../tl/types.js";
import type { Bytes } from "../../world/media.js";
import { joined } from "../../world/uploads.js";
import type { RequestContext } from "../handler.js";
import { notServed, refuse } from "./refuse.js";
import { isPartSize } from "./upload-parts.js";

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Bytes;
}

/**
 * Puts the parts of an upload together.
 *
 * @throws FILE_PARTS_INVALID, FILE_PART_X_MISSING, FILE_PART_SIZE_INVALID, FILE_PART_LENGTH_INVALID, MD5_CHECKSUM_INVALID
 */
export function uploadedFile({ world, account }: RequestContext, input: Tl.TypeInputFile): UploadedFile {
  if (input._ === "inputFileStoryDocument") throw notServed();
  const { id, parts: count, name } = input;
  const isBig = input._ === "inputFileBig";
  const upload = world.uploads.get(account.id, id);
  const given = upload && (upload.total !== undefined) === isBig ? upload : undefined;
  if (count < 1 || (given?.total !== undefined && given.total !== count)) throw refuse("FILE_PARTS_INVALID");
  const parts = Array.from({ length: count }, (_, part) => {
    const bytes = given?.parts.get(part);
    if (!bytes) throw refuse(`FILE_PART_${part}_MISSING`);
    return bytes;
  });
  checkSizes(parts.map(({ length }) => length));
  const bytes = joined(parts);
  if (input._ === "inputFile") checkSum(bytes, input.md5_checksum);
  return { name, bytes };
}

/** All parts are of one size, save the last, which may be shorter. */
function checkSizes(sizes: readonly number[]): void {
  const [size = 0] = sizes;
  if (sizes.length > 1 && !isPartSize(size)) throw refuse("FILE_PART_SIZE_INVALID");
  const last = sizes.at(-1) ?? 0;
  if (sizes.slice(0, -1).some((other) => other !== size) || last > size) throw refuse("FILE_PART_LENGTH_INVALID");
}

/** Small files come with their MD5, which may be left out. */
function checkSum(bytes: Bytes, given: string): void {
  if (given === "") return;
  const sum = createHash("md5").update(bytes.read(0, bytes.size)).digest("hex");
  if (sum !== given.toLowerCase()) throw refuse("MD5_CHECKSUM_INVALID");
}
