import { crc32 } from "node:zlib";
import type { ByteQueue } from "./byte-queue.js";
import { checkLength, lengthOf, TransportError, type Frame, type Transport } from "./transport.js";

const OVERHEAD = 12;
const CHECKSUM_TO_COME = Buffer.alloc(4);

/** Length, sequence number, payload, CRC32: core.telegram.org/mtproto/mtproto-transports#full */
export class FullTransport implements Transport {
  private received = 0;
  private sent = 0;

  read(queue: ByteQueue): Frame | undefined {
    const header = queue.peek(4);
    if (header === undefined) return undefined;
    const length = header.readInt32LE();
    checkLength(length - OVERHEAD);
    if (queue.length < length) return undefined;
    return { payload: this.open(queue.take(length)), wantsAck: false };
  }

  write(...parts: readonly Buffer[]): Buffer {
    const head = Buffer.allocUnsafe(8);
    head.writeInt32LE(lengthOf(parts) + OVERHEAD, 0);
    head.writeInt32LE(this.sent++, 4);
    const frame = Buffer.concat([head, ...parts, CHECKSUM_TO_COME]);
    frame.writeUInt32LE(crc32(frame.subarray(0, -4)), frame.length - 4);
    return frame;
  }

  private open(frame: Buffer): Buffer {
    if (frame.readInt32LE(4) !== this.received++) throw new TransportError("a frame out of sequence");
    if (frame.readUInt32LE(frame.length - 4) !== crc32(frame.subarray(0, -4)))
      throw new TransportError("a wrong CRC32");
    return frame.subarray(8, -4);
  }
}
