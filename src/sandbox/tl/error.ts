/** Bytes that are no TL of this layer, or an object that TL cannot carry. */
export class TlError extends Error {
  constructor(
    message: string,
    /** Set when the bytes name a constructor that this layer does not have. */
    readonly constructorId?: number,
  ) {
    super(message);
    this.name = "TlError";
  }
}
