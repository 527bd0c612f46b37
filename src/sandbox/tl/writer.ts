import { TlError } from "./error.js";

/** Strings up to this length are tried as ASCII first: a loop beats the call into native code. */
const SHORT_STRING = 24;
const INITIAL_BYTES = 1024;

/** The buffer of the last writer goes to the next one, so that none has to grow again. */
let spare: Buffer | undefined;
const MOST_SPARE_BYTES = 1024 * 1024;

/** A growing little-endian buffer with TL's basic types (core.telegram.org/mtproto/serialize). */
export class TlWriter {
  private buffer: Buffer;
  private view: DataView;
  private position = 0;

  constructor() {
    this.buffer = spare ?? Buffer.allocUnsafeSlow(INITIAL_BYTES);
    this.view = new DataView(this.buffer.buffer);
    spare = undefined;
  }

  /** What was written. The writer must not be used afterwards. */
  finish(): Buffer {
    const written = this.copyFrom(0);
    if (this.buffer.length <= MOST_SPARE_BYTES) spare = this.buffer;
    return written;
  }

  get length(): number {
    return this.position;
  }

  /** A copy of what was written from there on. */
  copyFrom(start: number): Buffer {
    return Buffer.from(this.buffer.subarray(start, this.position));
  }

  uint32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  int(value: number): void {
    if ((value | 0) !== value) throw new TlError(`${value} is no 32-bit integer`);
    this.reserve(4);
    this.view.setInt32(this.position, value, true);
    this.position += 4;
  }

  long(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value && BigInt.asUintN(64, value) !== value) {
      throw new TlError(`${value.toString()} is no 64-bit integer`);
    }
    this.reserve(8);
    this.view.setBigInt64(this.position, value, true);
    this.position += 8;
  }

  double(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.position);
    this.position += bytes.length;
  }

  bytes(value: Uint8Array): void {
    this.startBytes(value.length);
    this.buffer.set(value, this.position);
    this.endBytes(value.length);
  }

  string(value: string): void {
    if (value.length <= SHORT_STRING && this.shortAscii(value)) return;
    const length = Buffer.byteLength(value);
    this.startBytes(length);
    this.buffer.write(value, this.position, "utf8");
    this.endBytes(length);
  }

  private shortAscii(value: string): boolean {
    const { length } = value;
    this.reserve(length + 4);
    const { buffer } = this;
    let at = this.position + 1;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      buffer[at++] = code;
    }
    buffer[this.position] = length;
    this.position = at;
    this.pad(length + 1);
    return true;
  }

  private startBytes(length: number): void {
    this.reserve(length + 8);
    if (length < 254) {
      this.buffer[this.position++] = length;
      return;
    }
    if (length > 0xffffff) throw new TlError(`${length} bytes do not fit a TL string`);
    this.view.setUint32(this.position, (length << 8) | 254, true);
    this.position += 4;
  }

  private endBytes(length: number): void {
    this.position += length;
    this.pad(length < 254 ? length + 1 : length);
  }

  private pad(written: number): void {
    for (let i = written; i % 4 !== 0; i++) this.buffer[this.position++] = 0;
  }

  private reserve(length: number): void {
    const needed = this.position + length;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2));
    grown.set(this.buffer.subarray(0, this.position));
    this.buffer = grown;
    this.view = new DataView(grown.buffer);
  }
}
