import { gzipSync, unzipSync } from "node:zlib";
import { TlError } from "../tl/error.js";
import { TlReader } from "../tl/reader.js";
import { TlWriter } from "../tl/writer.js";

/** core.telegram.org/mtproto/service_messages#packed-object */
export const GZIP_PACKED_ID = 0x3072cfa1;

/** A packet of Telegram's clients holds a megabyte; packed objects in it may come to this much together. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

/** How much the packed objects of one packet may still unpack to. It keeps a container of bombs from going off. */
export class UnpackingAllowance {
  private left = MAX_UNPACKED_BYTES;

  get bytes(): number {
    return this.left;
  }

  take(bytes: number): void {
    this.left -= bytes;
  }
}

export const isPacked = (body: Buffer): boolean => body.length >= 4 && body.readUInt32LE() === GZIP_PACKED_ID;

/** The object inside, whether packed by gzip or by zlib (mtcute). */
export function unpack(body: Buffer, allowance: UnpackingAllowance): Buffer {
  const reader = new TlReader(body);
  reader.uint32();
  const packed = reader.bytes();
  if (allowance.bytes <= 0) throw new TlError("packed objects that unpack to too much");
  try {
    const unpacked = unzipSync(packed, { maxOutputLength: allowance.bytes });
    allowance.take(unpacked.length);
    return unpacked;
  } catch {
    allowance.take(packed.length);
    throw new TlError("a packed object that cannot be unpacked");
  }
}

/** An object as Telegram packs it. */
export function pack(object: Buffer): Buffer {
  const writer = new TlWriter();
  writer.uint32(GZIP_PACKED_ID);
  writer.bytes(gzipSync(object));
  return writer.finish();
}
