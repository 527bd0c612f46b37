import { ByteQueue } from "./byte-queue.js";
import { OBFUSCATION_HEADER_BYTES, openObfuscation, type Obfuscation } from "./obfuscation.js";
import { AbridgedTransport } from "./transport-abridged.js";
import { FullTransport } from "./transport-full.js";
import { IntermediateTransport } from "./transport-intermediate.js";
import { TransportError, type Frame, type Transport } from "./transport.js";

interface Tagged {
  readonly tag: Buffer;
  readonly make: () => Transport;
}

/** The transports that announce themselves by a tag (core.telegram.org/mtproto/mtproto-transports). */
const TAGGED: readonly Tagged[] = [
  { tag: Buffer.from("ef", "hex"), make: () => new AbridgedTransport() },
  { tag: Buffer.from("eeeeeeee", "hex"), make: () => new IntermediateTransport(false) },
  { tag: Buffer.from("dddddddd", "hex"), make: () => new IntermediateTransport(true) },
];

const findTagged = (bytes: Buffer): Tagged | undefined =>
  TAGGED.find(({ tag }) => bytes.length >= tag.length && bytes.subarray(0, tag.length).equals(tag));

/** Tells the transports apart by a connection's first bytes, then cuts the stream into payloads. */
export class Framing {
  private readonly queue = new ByteQueue();
  private transport: Transport | undefined;
  private obfuscation: Obfuscation | undefined;

  /**
   * Takes what arrived and yields the frames that are complete.
   *
   * @throws {@link TransportError} when the bytes are no frame; the connection is beyond repair.
   */
  *read(chunk: Buffer): Generator<Frame> {
    this.queue.push(this.obfuscation?.decrypt(chunk) ?? chunk);
    this.transport ??= this.detect();
    for (let frame = this.next(); frame !== undefined; frame = this.next()) yield frame;
  }

  write(...parts: readonly Buffer[]): Buffer {
    if (this.transport === undefined) throw new TransportError("the client has not chosen a transport yet");
    return this.hide(this.transport.write(...parts));
  }

  /** The frame of a quick acknowledgement; undefined where the transport has none. */
  acknowledge(token: number): Buffer | undefined {
    const frame = this.transport?.acknowledge?.(token);
    return frame && this.hide(frame);
  }

  private hide(frame: Buffer): Buffer {
    return this.obfuscation?.encrypt(frame) ?? frame;
  }

  private next(): Frame | undefined {
    return this.transport?.read(this.queue);
  }

  private detect(): Transport | undefined {
    const start = this.queue.peek(Math.min(this.queue.length, 8)) ?? Buffer.alloc(0);
    const tagged = findTagged(start);
    if (tagged !== undefined) {
      this.queue.take(tagged.tag.length);
      return tagged.make();
    }
    if (start.length < 8) return undefined;
    // Only the full transport has the sequence number 0 there; an obfuscated header must not.
    if (start.readUInt32LE(4) === 0) return new FullTransport();
    return this.queue.length < OBFUSCATION_HEADER_BYTES ? undefined : this.unveil();
  }

  private unveil(): Transport {
    const obfuscation = openObfuscation(this.queue.take(OBFUSCATION_HEADER_BYTES));
    const hidden = findTagged(obfuscation.tag);
    if (hidden === undefined) throw new TransportError("an unknown transport");
    const rest = this.queue.take(this.queue.length);
    this.queue.push(obfuscation.decrypt(rest));
    this.obfuscation = obfuscation;
    return hidden.make();
  }
}
