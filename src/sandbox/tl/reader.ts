import { TlError } from "./error.js";

/** Deeper nesting than any real message has; it keeps hostile bytes from exhausting the stack. */
const MAX_DEPTH = 96;

/** Reads TL's basic types (core.telegram.org/mtproto/serialize). Byte fields are views into the input. */
export class TlReader {
  private readonly buffer: Buffer;
  private readonly view: DataView;
  private offset = 0;
  private depth = 0;

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.offset;
  }

  get remaining(): number {
    return this.buffer.length - this.offset;
  }

  peekUint32(): number {
    this.require(4);
    return this.view.getUint32(this.offset, true);
  }

  uint32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  int(): number {
    return this.view.getInt32(this.take(4), true);
  }

  long(): bigint {
    return this.view.getBigInt64(this.take(8), true);
  }

  double(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  raw(length: number): Buffer {
    const start = this.take(length);
    return this.buffer.subarray(start, start + length);
  }

  rest(): Buffer {
    return this.raw(this.remaining);
  }

  bytes(): Buffer {
    const first = this.take(1);
    const short = this.buffer[first] ?? 0;
    if (short === 255) throw new TlError("a string cannot begin with 255");
    const length = short < 254 ? short : this.longLength();
    const value = this.raw(length);
    const header = short < 254 ? 1 : 4;
    this.take((4 - ((header + length) % 4)) % 4);
    return value;
  }

  string(): string {
    return this.bytes().toString("utf8");
  }

  /** The count of a vector, refused when that many items cannot be there. */
  count(minItemBytes: number): number {
    const count = this.uint32();
    if (count * minItemBytes > this.remaining) throw new TlError(`a vector of ${count} items does not fit its message`);
    return count;
  }

  enter(): void {
    if (++this.depth > MAX_DEPTH) throw new TlError("nested too deeply");
  }

  leave(): void {
    this.depth--;
  }

  private longLength(): number {
    const start = this.take(3);
    return this.view.getUint16(start, true) | ((this.buffer[start + 2] ?? 0) << 16);
  }

  private take(length: number): number {
    this.require(length);
    const start = this.offset;
    this.offset += length;
    return start;
  }

  private require(length: number): void {
    if (length > this.buffer.length - this.offset) throw new TlError("the message ends too early");
  }
}
