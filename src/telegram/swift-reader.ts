import { BinaryReader } from "telegram/extensions/index.js";
import { returnBigInt } from "telegram/Helpers.js";

const LONG_BYTES = 8;

/**
 * Reads 64-bit numbers as Node does. GramJS makes a text of each and parses that, which takes half of the time of reading
 * a page of messages.
 */
export class SwiftReader extends BinaryReader {
  override readLargeInt(bits: number, signed = true): ReturnType<BinaryReader["readLargeInt"]> {
    if (bits !== 8 * LONG_BYTES) return super.readLargeInt(bits, signed);
    const [bytes, at] = [this.getBuffer(), this.offset];
    const value = signed ? bytes.readBigInt64LE(at) : bytes.readBigUInt64LE(at);
    this.offset = at + LONG_BYTES;
    return returnBigInt(value);
  }
}
