import type { ByteQueue } from "./byte-queue.js";

/** Larger frames than any client sends; a frame that claims more closes the connection. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** A frame that breaks its transport's rules. */
export class TransportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TransportError";
  }
}

/** What one frame carried. */
export interface Frame {
  readonly payload: Buffer;
  /** The sender wants to hear at once that it came: core.telegram.org/mtproto/mtproto-transports#quick-ack */
  readonly wantsAck: boolean;
}

/** One of the framings of core.telegram.org/mtproto/mtproto-transports, for one connection. */
export interface Transport {
  /** The next whole frame, or undefined until more bytes arrive. */
  readonly read: (queue: ByteQueue) => Frame | undefined;
  /** The frame of a payload, which may come in parts. */
  readonly write: (...parts: readonly Buffer[]) => Buffer;
  /** The frame of a quick acknowledgement; the full transport has none. */
  readonly acknowledge?: (token: number) => Buffer;
}

/** Refuses a length that no frame may have. */
export function checkLength(length: number): number {
  if (length <= 0 || length > MAX_FRAME_BYTES) throw new TransportError(`a frame of ${length} bytes`);
  return length;
}

export const lengthOf = (parts: readonly Buffer[]): number => parts.reduce((length, part) => length + part.length, 0);
