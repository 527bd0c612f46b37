import type { ByteQueue } from "./byte-queue.js";
import { checkLength, type Transport } from "./transport.js";

/** In words of 4 bytes, in one byte or in 0x7f and three: core.telegram.org/mtproto/mtproto-transports#abridged */
export class AbridgedTransport implements Transport {
  read(queue: ByteQueue): Buffer | undefined {
    // The highest bit asks for a quick acknowledgement, which a server may leave out.
    const words = (queue.peek(1)?.[0] ?? 0) & 0x7f;
    if (queue.length === 0) return undefined;
    if (words < 0x7f) return take(queue, 1, words * 4);
    const header = queue.peek(4);
    return header && take(queue, 4, (header.readUInt32LE() >>> 8) * 4);
  }

  write(payload: Buffer): Buffer {
    const words = payload.length / 4;
    const header = Buffer.allocUnsafe(words < 0x7f ? 1 : 4);
    if (words < 0x7f) header.writeUInt8(words);
    else header.writeUInt32LE(((words << 8) | 0x7f) >>> 0);
    return Buffer.concat([header, payload]);
  }
}

function take(queue: ByteQueue, headerBytes: number, length: number): Buffer | undefined {
  checkLength(length);
  return queue.length < headerBytes + length ? undefined : queue.take(headerBytes + length).subarray(headerBytes);
}
