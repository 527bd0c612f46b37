import type { ByteQueue } from "./byte-queue.js";
import { checkLength, lengthOf, type Frame, type Transport } from "./transport.js";

/** The highest bit of the first byte asks for a quick acknowledgement. */
const WANTS_ACK = 0x80;
const LONG = 0x7f;

/** In words of 4 bytes, in one byte or in 0x7f and three: core.telegram.org/mtproto/mtproto-transports#abridged */
export class AbridgedTransport implements Transport {
  read(queue: ByteQueue): Frame | undefined {
    const first = queue.peek(1)?.[0];
    if (first === undefined) return undefined;
    const words = first & LONG;
    const wantsAck = (first & WANTS_ACK) !== 0;
    if (words < LONG) return take(queue, 1, words * 4, wantsAck);
    const header = queue.peek(4);
    return header && take(queue, 4, (header.readUInt32LE() >>> 8) * 4, wantsAck);
  }

  write(...parts: readonly Buffer[]): Buffer {
    const words = lengthOf(parts) / 4;
    const header = Buffer.allocUnsafe(words < LONG ? 1 : 4);
    if (words < LONG) header.writeUInt8(words);
    else header.writeUInt32LE(((words << 8) | LONG) >>> 0);
    return Buffer.concat([header, ...parts]);
  }

  /** Turned round, so that its highest bit comes first, where no length has one. */
  acknowledge(token: number): Buffer {
    const frame = Buffer.allocUnsafe(4);
    frame.writeUInt32BE(token);
    return frame;
  }
}

function take(queue: ByteQueue, headerBytes: number, length: number, wantsAck: boolean): Frame | undefined {
  checkLength(length);
  if (queue.length < headerBytes + length) return undefined;
  return { payload: queue.take(headerBytes + length).subarray(headerBytes), wantsAck };
}
