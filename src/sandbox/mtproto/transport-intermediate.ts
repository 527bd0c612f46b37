import { randomBytes } from "node:crypto";
import type { ByteQueue } from "./byte-queue.js";
import { checkLength, type Transport } from "./transport.js";

/** The highest bit of a length asks for a quick acknowledgement, which a server may leave out. */
const LENGTH_BITS = 0x7fffffff;

/**
 * Length and payload, padded by up to 15 random bytes or not:
 * core.telegram.org/mtproto/mtproto-transports#intermediate and #padded-intermediate
 */
export class IntermediateTransport implements Transport {
  constructor(private readonly padded: boolean) {}

  read(queue: ByteQueue): Buffer | undefined {
    const header = queue.peek(4);
    if (header === undefined) return undefined;
    const length = checkLength(header.readUInt32LE() & LENGTH_BITS);
    if (queue.length < length + 4) return undefined;
    return queue.take(length + 4).subarray(4);
  }

  write(payload: Buffer): Buffer {
    const padding = this.padded ? randomBytes(payload.length % 16) : Buffer.alloc(0);
    const header = Buffer.allocUnsafe(4);
    header.writeUInt32LE(payload.length + padding.length);
    return Buffer.concat([header, payload, padding]);
  }
}
