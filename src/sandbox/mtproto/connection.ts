import type { Socket } from "node:net";
import { TlError } from "../tl/error.js";
import { TlReader } from "../tl/reader.js";
import { TlWriter } from "../tl/writer.js";
import type { AuthKey } from "./auth-key.js";
import type { Endpoint } from "./endpoint.js";
import { Framing } from "./framing.js";
import { decodePlain, Handshake, HandshakeError, KEY_NOT_FOUND } from "./handshake.js";
import { decryptMessage, encryptMessage } from "./message-crypto.js";
import type { Outgoing } from "./outbox.js";
import { receive } from "./receive.js";
import { Session } from "./session.js";
import { TransportError, type Frame } from "./transport.js";

/** A client that does not read what it asked for is not read either, until it does. */
const MOST_UNSENT_BYTES = 8 * 1024 * 1024;

/** Beyond this setTimeout would fire at once. */
const LONGEST_TIMER_MS = 0x7fffffff;

/** One TCP connection: frames in, packets decrypted, and the way back. */
export class Connection {
  private readonly framing = new Framing();
  private readonly handshake: Handshake;
  /** The keys whose sessions have spoken here. */
  private readonly keys = new Set<AuthKey>();
  private cancelDisconnect: (() => void) | undefined;
  private closed = false;
  private gathering = false;

  constructor(
    readonly id: number,
    private readonly socket: Socket,
    private readonly endpoint: Endpoint,
  ) {
    const { serverKey: key, dcId, clock, keys } = endpoint;
    const { unixTime } = clock;
    this.handshake = new Handshake({ key, dcId, unixTime, accept: (made) => keys.set(made.id, made) });
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      this.take(chunk);
    });
    socket.on("drain", () => {
      socket.resume();
    });
    socket.on("error", () => {
      this.destroy();
    });
    socket.on("close", () => {
      this.detach();
    });
  }

  /** Encrypts one message and sends it in a packet of its own. */
  send(session: Session, message: Outgoing): void {
    const { key } = session;
    const salt = key.salts.current(this.endpoint.clock.unixTime());
    const keyId = Buffer.allocUnsafe(8);
    keyId.writeBigInt64LE(key.id);
    this.write(keyId, ...encryptMessage(key.bytes, { ...message, salt, sessionId: session.id }));
  }

  /** Breaks the connection off, whatever is under way. */
  destroy(): void {
    this.closed = true;
    this.flush();
    this.socket.destroy();
    this.detach();
  }

  /** Ends the connection unless it is asked to stay once more: `ping_delay_disconnect`. */
  disconnectAfter(delayMs: number): void {
    this.cancelDisconnect?.();
    this.cancelDisconnect = this.endpoint.timers.after(Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS), () => {
      this.destroy();
    });
  }

  private take(chunk: Buffer): void {
    try {
      for (const frame of this.framing.read(chunk)) {
        if (this.closed) return;
        this.open(frame);
      }
    } catch (error) {
      const isClientsFault =
        error instanceof TransportError || error instanceof TlError || error instanceof HandshakeError;
      if (!isClientsFault) this.endpoint.report(error);
      if (error instanceof HandshakeError) this.refuse(error.code);
      else this.destroy();
    }
  }

  private open({ payload, wantsAck }: Frame): void {
    if (payload.length < 24) throw new TransportError("a payload shorter than any message");
    const keyId = payload.readBigInt64LE();
    if (keyId === 0n) {
      this.answerPlain(payload);
      return;
    }
    const key = this.keyOf(keyId);
    const envelope = key && decryptMessage(key.bytes, payload.subarray(8));
    if (key === undefined || envelope === undefined) {
      this.refuse(KEY_NOT_FOUND);
      return;
    }
    if (wantsAck) this.transmit(this.framing.acknowledge(envelope.ackToken));
    const { messageIds, timers } = this.endpoint;
    const session = key.session(envelope.sessionId, () => new Session(envelope.sessionId, key, messageIds, timers));
    this.keys.add(key);
    if (session.connection !== this) session.attach(this);
    receive(envelope, session, this, this.endpoint);
  }

  /** The key of that id, unless it was a temporary one whose time is over. */
  private keyOf(id: bigint): AuthKey | undefined {
    const { keys, clock } = this.endpoint;
    const key = keys.get(id);
    if (key?.expiresAt === undefined || key.expiresAt > clock.unixTime()) return key;
    keys.delete(id);
    return undefined;
  }

  private answerPlain(payload: Buffer): void {
    const reader = new TlReader(payload.subarray(16));
    const body = this.handshake.answer(decodePlain(reader.raw(reader.uint32())));
    const writer = new TlWriter();
    writer.long(0n);
    writer.long(this.endpoint.messageIds.next(true));
    writer.int(body.length);
    writer.raw(body);
    this.write(writer.finish());
  }

  /** Tells an error of the transport, such as -404, and ends the connection. */
  refuse(code: number): void {
    const error = Buffer.alloc(4);
    error.writeInt32LE(code);
    this.write(error);
    this.closed = true;
    this.flush();
    this.socket.end();
  }

  private write(...parts: readonly Buffer[]): void {
    if (!this.closed && this.socket.writable) this.transmit(this.framing.write(...parts));
  }

  private transmit(frame: Buffer | undefined): void {
    if (frame === undefined || this.closed || !this.socket.writable) return;
    this.gather();
    this.socket.write(frame);
    if (this.socket.writableLength > MOST_UNSENT_BYTES) this.socket.pause();
  }

  /** Requests that came together are answered by one write to the kernel, which is what costs. */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    this.socket.cork();
    process.nextTick(() => {
      this.flush();
    });
  }

  private flush(): void {
    if (!this.gathering) return;
    this.gathering = false;
    this.socket.uncork();
  }

  private detach(): void {
    this.closed = true;
    this.cancelDisconnect?.();
    for (const { sessions } of this.keys) {
      for (const session of sessions.values()) if (session.connection === this) session.detach();
    }
    this.keys.clear();
  }
}
