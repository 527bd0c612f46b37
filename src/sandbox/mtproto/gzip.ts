import { unzipSync } from "node:zlib";
import { TlError } from "../tl/error.js";
import { TlReader } from "../tl/reader.js";

/** core.telegram.org/mtproto/service_messages#packed-object */
export const GZIP_PACKED_ID = 0x3072cfa1;

const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

export const isPacked = (body: Buffer): boolean => body.length >= 4 && body.readUInt32LE() === GZIP_PACKED_ID;

/** The object inside, whether packed by gzip or by zlib (mtcute). */
export function unpack(body: Buffer): Buffer {
  const reader = new TlReader(body);
  reader.uint32();
  const packed = reader.bytes();
  try {
    return unzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch {
    throw new TlError("a packed object that cannot be unpacked");
  }
}
