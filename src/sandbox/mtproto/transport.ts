import type { ByteQueue } from "./byte-queue.js";

/** Larger frames than any client sends; a frame that claims more closes the connection. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** A frame that breaks its transport's rules. */
export class TransportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TransportError";
  }
}

/** One of the framings of core.telegram.org/mtproto/mtproto-transports, for one connection. */
export interface Transport {
  /** The next whole payload, or undefined until more bytes arrive. */
  readonly read: (queue: ByteQueue) => Buffer | undefined;
  readonly write: (payload: Buffer) => Buffer;
}

/** Refuses a length that no frame may have. */
export function checkLength(length: number): number {
  if (length <= 0 || length > MAX_FRAME_BYTES) throw new TransportError(`a frame of ${length} bytes`);
  return length;
}
