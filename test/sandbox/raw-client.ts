import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import type { SandboxInfo } from "tg-guarded/testing";
import { ByteQueue } from "../../src/sandbox/mtproto/byte-queue.js";
import { CONTAINER_ID, openContainer, packContainer } from "../../src/sandbox/mtproto/container.js";
import { decryptMessage, encryptMessage, FROM_CLIENT, FROM_SERVER } from "../../src/sandbox/mtproto/message-crypto.js";
import { sha1 } from "../../src/sandbox/mtproto/hashes.js";
import { AbridgedTransport } from "../../src/sandbox/mtproto/transport-abridged.js";
import { FullTransport } from "../../src/sandbox/mtproto/transport-full.js";
import { IntermediateTransport } from "../../src/sandbox/mtproto/transport-intermediate.js";
import type { Transport } from "../../src/sandbox/mtproto/transport.js";
import { decode, encode, type TlObject } from "../../src/sandbox/tl/codec.js";
import { TlReader } from "../../src/sandbox/tl/reader.js";

const RPC_RESULT = 0xf35c6d01;

export type TransportName = "full" | "abridged" | "intermediate" | "padded";

const MSGS_ACK = 0x62d6b459;

const TRANSPORTS: Readonly<Record<TransportName, { tag: string; make: () => Transport }>> = {
  full: { tag: "", make: () => new FullTransport() },
  abridged: { tag: "ef", make: () => new AbridgedTransport() },
  intermediate: { tag: "eeeeeeee", make: () => new IntermediateTransport(false) },
  padded: { tag: "dddddddd", make: () => new IntermediateTransport(true) },
};

/** One message of the server: what it is, where it lay, and its ids. */
export interface Heard {
  readonly messageId: bigint;
  readonly inContainer: boolean;
  readonly packet: number;
  readonly object: TlObject & Readonly<Record<string, unknown>>;
}

/** A client that speaks the protocol by hand, so that tests can break its rules. */
export class RawClient {
  salt = 0n;
  sessionId = randomBytes(8).readBigInt64LE();
  clock = (): number => Date.now();
  /** What came besides frames: quick acknowledgements, as they lay in the stream. */
  readonly quickAcks: Buffer[] = [];
  private contentMessages = 0;
  private lastId = 0n;
  private packets = 0;
  private readonly queue = new ByteQueue();
  private readonly payloads: Buffer[] = [];
  private readonly heard: Heard[] = [];
  private wake: () => void = () => undefined;
  isClosed = false;

  private constructor(
    private readonly socket: Socket,
    private readonly transport: Transport,
    private readonly cipher: { encrypt: (b: Buffer) => Buffer; decrypt: (b: Buffer) => Buffer },
    public key: Buffer,
  ) {
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      this.queue.push(this.cipher.decrypt(chunk));
      for (let payload = this.nextPayload(); payload !== undefined; payload = this.nextPayload()) {
        this.payloads.push(payload);
      }
      this.wake();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.isClosed = true;
      this.wake();
    });
  }

  static async open(
    info: SandboxInfo,
    options: { transport?: TransportName; obfuscated?: boolean; key?: Buffer } = {},
  ): Promise<RawClient> {
    const { tag, make } = TRANSPORTS[options.transport ?? "intermediate"];
    const socket = connect(info.port, info.host);
    await once(socket, "connect");
    const plain = { encrypt: (b: Buffer) => b, decrypt: (b: Buffer) => b };
    const cipher = options.obfuscated === true ? obfuscate(socket, tag) : plain;
    if (options.obfuscated !== true) socket.write(Buffer.from(tag, "hex"));
    return new RawClient(socket, make(), cipher, options.key ?? Buffer.alloc(0));
  }

  /** A client with an account's key, its salt already right and the connection initialised. */
  static async loggedIn(info: SandboxInfo, account = 0): Promise<RawClient> {
    const client = await RawClient.open(info, { key: keyOf(info, account) });
    client.send(initialising({ _: "help.getConfig" }));
    await client.next("bad_server_salt");
    client.send(initialising({ _: "help.getConfig" }));
    await client.next("result");
    return client;
  }

  newId(): bigint {
    const now = this.clock();
    const fresh = (BigInt(Math.floor(now / 1000)) << 32n) | (BigInt(Math.floor(((now % 1000) / 1000) * 2 ** 32)) & ~3n);
    this.lastId = fresh > this.lastId || this.lastId - fresh > 10n << 32n ? fresh : this.lastId + 4n;
    return this.lastId;
  }

  send(body: TlObject | Buffer, messageId = this.newId(), seqno?: number): bigint {
    this.write(this.sealed(body, messageId, seqno));
    return messageId;
  }

  /** An encrypted packet, ready to be written, as often as one likes. */
  sealed(body: TlObject | Buffer, messageId = this.newId(), seqno?: number): Buffer {
    const bytes = Buffer.isBuffer(body) ? body : encode(body);
    const number = seqno ?? this.numberOf(bytes);
    const envelope = { salt: this.salt, sessionId: this.sessionId, messageId, seqno: number, body: bytes };
    const keyId = sha1(this.key).subarray(12);
    return Buffer.concat([keyId, ...encryptMessage(this.key, envelope, FROM_CLIENT)]);
  }

  /** core.telegram.org/mtproto/description#message-sequence-number-msg-seqno */
  private numberOf(body: Buffer): number {
    const id = body.length < 4 ? 0 : body.readUInt32LE();
    const isContent = id !== CONTAINER_ID && id !== MSGS_ACK;
    return isContent ? this.contentMessages++ * 2 + 1 : this.contentMessages * 2;
  }

  sendContainer(bodies: readonly (TlObject | Buffer)[], containerId?: bigint): bigint[] {
    const messages = bodies.map((body) => {
      const bytes = Buffer.isBuffer(body) ? body : encode(body);
      return { messageId: this.newId(), seqno: this.numberOf(bytes), body: bytes };
    });
    this.send(packContainer(messages), containerId);
    return messages.map(({ messageId }) => messageId);
  }

  write(payload: Buffer): void {
    this.socket.write(this.cipher.encrypt(this.transport.write(payload)));
  }

  /** The same, asking for a quick acknowledgement. */
  writeWantingAck(payload: Buffer): void {
    const frame = this.transport.write(payload);
    const at = this.transport instanceof AbridgedTransport ? 0 : 3;
    frame[at] = (frame[at] ?? 0) | 0x80;
    this.socket.write(this.cipher.encrypt(frame));
  }

  writeRaw(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  async plain(request: TlObject): Promise<TlObject> {
    const body = encode(request);
    const head = Buffer.alloc(20);
    head.writeBigInt64LE(this.newId(), 8);
    head.writeInt32LE(body.length, 16);
    this.write(Buffer.concat([head, body]));
    const payload = await this.payload();
    if (payload.length === 4) throw new Error(`the transport's error ${payload.readInt32LE()}`);
    return decode(payload.subarray(20, 20 + payload.readInt32LE(16)));
  }

  /** The next payload as it came, for transport errors. */
  async payload(): Promise<Buffer> {
    for (;;) {
      const payload = this.payloads.shift();
      if (payload !== undefined) return payload;
      if (this.isClosed) throw new Error("the server closed the connection");
      await this.woken();
    }
  }

  /** The next message of that constructor; `result` is the answer to a request. Others are passed over. */
  next(name: string): Promise<Heard> {
    return this.nextOf([name]);
  }

  async nextOf(names: readonly string[]): Promise<Heard> {
    for (;;) {
      while (this.heard.length === 0) await this.hear();
      const message = this.heard.shift();
      if (message && names.includes(message.object._)) return message;
    }
  }

  /** The names of all that arrives up to and with the answer to a ping. */
  async heardUntilPong(): Promise<readonly string[]> {
    this.send({ _: "ping", ...{ ping_id: 1n } });
    const names: string[] = [];
    while (names.at(-1) !== "pong") {
      while (this.heard.length === 0) await this.hear();
      names.push(this.heard.shift()?.object._ ?? "");
    }
    return names;
  }

  /** The answer to a request, which is sent again when the salt has changed. */
  async request(body: TlObject | Buffer): Promise<Heard["object"]> {
    let id = this.send(body);
    for (;;) {
      const { object } = await this.nextOf(["result", "bad_server_salt"]);
      if (object["id"] === id) return object;
      if (object["bad_msg_id"] === id) id = this.send(body);
    }
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.woken();
  }

  /** Says that nothing more will come, and waits until the server has closed its side, too. */
  async ended(): Promise<void> {
    this.socket.end();
    await this.closed();
  }

  close(): void {
    this.socket.destroy();
  }

  private nextPayload(): Buffer | undefined {
    const { transport, queue } = this;
    const at = transport instanceof AbridgedTransport ? 0 : 3;
    const isFull = transport instanceof FullTransport;
    for (let head = queue.peek(4); !isFull && head && ((head[at] ?? 0) & 0x80) !== 0; head = queue.peek(4)) {
      this.quickAcks.push(Buffer.from(queue.take(4)));
    }
    return transport.read(queue)?.payload;
  }

  private woken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async hear(): Promise<void> {
    const envelope = decryptMessage(this.key, (await this.payload()).subarray(8), FROM_SERVER);
    if (envelope === undefined) throw new Error("an unreadable packet");
    const packet = this.packets++;
    const inContainer = envelope.body.readUInt32LE() === CONTAINER_ID;
    const messages = inContainer ? openContainer(envelope.body) : [envelope];
    for (const { messageId, body } of messages) {
      const object = read(body);
      if (object._ === "bad_server_salt") this.salt = object["new_server_salt"] as bigint;
      this.heard.push({ messageId, inContainer, packet, object });
    }
  }
}

function read(body: Buffer): Heard["object"] {
  if (body.readUInt32LE() !== RPC_RESULT) return { ...decode(body) };
  const reader = new TlReader(body);
  reader.uint32();
  const id = reader.long();
  const bytes = reader.rest();
  try {
    const value: Readonly<Record<string, unknown>> = { ...decode(bytes) };
    return { _: "result", id, bytes, value, error: value["error_message"] };
  } catch {
    return { _: "result", id, bytes };
  }
}

export function keyOf(info: SandboxInfo, account = 0): Buffer {
  return Buffer.from(info.accounts[account]?.session.slice(1) ?? "", "base64").subarray(-256);
}

/** What a client tells of itself, around its first request. */
export const introducing = (query: TlObject) => ({
  _: "initConnection",
  api_id: 1,
  device_model: "test",
  system_version: "1",
  app_version: "1",
  system_lang_code: "en",
  lang_pack: "",
  lang_code: "en",
  query,
});

export const initialising = (query: TlObject): TlObject & Readonly<Record<string, unknown>> => ({
  _: "invokeWithLayer",
  layer: 198,
  query: introducing(query),
});

/** The client's side of core.telegram.org/mtproto/mtproto-transports#transport-obfuscation */
function obfuscate(socket: Socket, tag: string): { encrypt: (b: Buffer) => Buffer; decrypt: (b: Buffer) => Buffer } {
  const header = randomBytes(64);
  header[0] = 0x11;
  header[4] = 0x11;
  Buffer.from(tag.repeat(4), "hex").copy(header, 56, 0, 4);
  const reversed = Buffer.from(header.subarray(8, 56)).reverse();
  const encryptor = createCipheriv("aes-256-ctr", header.subarray(8, 40), header.subarray(40, 56));
  const decryptor = createDecipheriv("aes-256-ctr", reversed.subarray(0, 32), reversed.subarray(32, 48));
  const hidden = encryptor.update(header);
  hidden.copy(header, 56, 56);
  socket.write(header);
  return { encrypt: (b) => encryptor.update(b), decrypt: (b) => decryptor.update(b) };
}
