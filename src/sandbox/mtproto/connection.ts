import type { Socket } from "node:net";
import { TlError } from "../tl/error.js";
import { TlReader } from "../tl/reader.js";
import { TlWriter } from "../tl/writer.js";
import type { Endpoint } from "./endpoint.js";
import { Framing } from "./framing.js";
import { decodePlain, Handshake, HandshakeError } from "./handshake.js";
import { decryptMessage, encryptMessage } from "./message-crypto.js";
import type { Outgoing } from "./outbox.js";
import { receive } from "./receive.js";
import { Session } from "./session.js";
import { TransportError } from "./transport.js";

/** core.telegram.org/mtproto/mtproto-transports#transport-errors: the authorization key is unknown */
const KEY_NOT_FOUND = -404;

/** One TCP connection: frames in, packets decrypted, and the way back. */
export class Connection {
  private readonly framing = new Framing();
  private readonly handshake: Handshake;
  private readonly sessions = new Set<Session>();
  private cancelDisconnect: (() => void) | undefined;
  private closed = false;

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
    const keyId = Buffer.allocUnsafe(8);
    keyId.writeBigInt64LE(key.id);
    const encrypted = encryptMessage(key.bytes, { ...message, salt: key.salt, sessionId: session.id });
    this.write(Buffer.concat([keyId, encrypted]));
  }

  /** Breaks the connection off, whatever is under way. */
  destroy(): void {
    this.closed = true;
    this.socket.destroy();
    this.detach();
  }

  /** Ends the connection unless it is asked to stay once more: `ping_delay_disconnect`. */
  disconnectAfter(delayMs: number): void {
    this.cancelDisconnect?.();
    this.cancelDisconnect = this.endpoint.timers.after(delayMs, () => {
      this.destroy();
    });
  }

  private take(chunk: Buffer): void {
    try {
      for (const payload of this.framing.read(chunk)) {
        if (this.closed) return;
        this.open(payload);
      }
    } catch (error) {
      const isClientsFault =
        error instanceof TransportError || error instanceof TlError || error instanceof HandshakeError;
      if (!isClientsFault) this.endpoint.report(error);
      if (error instanceof HandshakeError) this.refuse();
      else this.destroy();
    }
  }

  private open(payload: Buffer): void {
    if (payload.length < 24) throw new TransportError("a payload shorter than any message");
    const keyId = payload.readBigInt64LE();
    if (keyId === 0n) {
      this.answerPlain(payload);
      return;
    }
    const key = this.endpoint.keys.get(keyId);
    const envelope = key && decryptMessage(key.bytes, payload.subarray(8));
    if (key === undefined || envelope === undefined) {
      this.refuse();
      return;
    }
    const { messageIds, timers } = this.endpoint;
    const session = key.session(envelope.sessionId, () => new Session(envelope.sessionId, key, messageIds, timers));
    session.connection = this;
    this.sessions.add(session);
    receive(envelope, session, this, this.endpoint);
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

  private refuse(): void {
    const code = Buffer.alloc(4);
    code.writeInt32LE(KEY_NOT_FOUND);
    this.write(code);
    this.closed = true;
    this.socket.end();
  }

  private write(payload: Buffer): void {
    if (!this.closed && this.socket.writable) this.socket.write(this.framing.write(payload));
  }

  private detach(): void {
    this.closed = true;
    this.cancelDisconnect?.();
    for (const session of this.sessions) if (session.connection === this) session.connection = undefined;
    this.sessions.clear();
  }
}
