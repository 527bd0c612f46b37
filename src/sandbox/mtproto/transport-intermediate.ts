import { randomBytes, randomInt } from "node:crypto";
import type { ByteQueue } from "./byte-queue.js";
import { checkLength, lengthOf, type Frame, type Transport } from "./transport.js";

/** The highest bit of a length asks for a quick acknowledgement. */
const LENGTH_BITS = 0x7fffffff;
/** Of the 15 bytes that are allowed, so many are understood by clients that round down to words, as Telethon does. */
const MOST_PADDING = 3;
/** Transport errors are told by their length, so they get no padding. */
const ERROR_BYTES = 4;

/**
 * Length and payload, padded by up to 15 random bytes or not:
 * core.telegram.org/mtproto/mtproto-transports#intermediate and #padded-intermediate
 */
export class IntermediateTransport implements Transport {
  constructor(private readonly padded: boolean) {}

  read(queue: ByteQueue): Frame | undefined {
    const header = queue.peek(4)?.readUInt32LE();
    if (header === undefined) return undefined;
    const length = checkLength(header & LENGTH_BITS);
    if (queue.length < length + 4) return undefined;
    return { payload: queue.take(length + 4).subarray(4), wantsAck: header > LENGTH_BITS };
  }

  write(...parts: readonly Buffer[]): Buffer {
    const length = lengthOf(parts);
    const isPadded = this.padded && length > ERROR_BYTES;
    const padding = randomBytes(isPadded ? randomInt(MOST_PADDING + 1) : 0);
    const header = Buffer.allocUnsafe(4);
    header.writeUInt32LE(length + padding.length);
    return Buffer.concat([header, ...parts, padding]);
  }

  acknowledge(token: number): Buffer {
    const frame = Buffer.allocUnsafe(4);
    frame.writeUInt32LE(token);
    return frame;
  }
}
