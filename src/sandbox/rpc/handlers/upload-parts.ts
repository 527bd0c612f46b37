import type { Handlers } from "../handler.js";
import { refuse } from "./refuse.js";

/** core.telegram.org/api/files#uploading-files */
const KIB = 1024;
const LARGEST_PART = 512 * KIB;
const MOST_PARTS = 4000;
const MOST_PARTS_WITH_PREMIUM = 8000;

export const isPartSize = (size: number): boolean => size % KIB === 0 && size > 0 && LARGEST_PART % size === 0;

function checkPart(part: number, bytes: Uint8Array, most: number): void {
  if (part < 0 || part >= most) throw refuse("FILE_PART_INVALID");
  if (bytes.length === 0) throw refuse("FILE_PART_EMPTY");
  if (bytes.length > LARGEST_PART) throw refuse("FILE_PART_TOO_BIG");
}

export const uploadParts = {
  "upload.saveFilePart": ({ file_id, file_part, bytes }, { world, account }) => {
    checkPart(file_part, bytes, MOST_PARTS);
    world.uploads.save(account.id, file_id, file_part, bytes);
    return true;
  },
  "upload.saveBigFilePart": ({ file_id, file_part, file_total_parts: total, bytes }, { world, account }) => {
    const most = world.users.get(account.id)?.premium ? MOST_PARTS_WITH_PREMIUM : MOST_PARTS;
    if (total < 1 || total > most) throw refuse("FILE_PARTS_INVALID");
    checkPart(file_part, bytes, total);
    if (file_part < total - 1 && !isPartSize(bytes.length)) throw refuse("FILE_PART_SIZE_INVALID");
    const before = world.uploads.get(account.id, file_id);
    if (before && before.total !== total) throw refuse("FILE_PARTS_INVALID");
    world.uploads.save(account.id, file_id, file_part, bytes, total);
    return true;
  },
} satisfies Handlers;
