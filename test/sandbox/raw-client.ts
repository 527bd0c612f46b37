import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import type { SandboxInfo } from "../../src/sandbox/index.js";
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
      for (let frame = transport.read(this.queue); frame !== undefined; frame = transport.read(this.queue)) {
        this.payloads.push(frame);
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

  send(body: TlObject | Buffer, messageId = this.newId()): bigint {
    const bytes = Buffer.isBuffer(body) ? body : encode(body);
    const envelope = { salt: this.salt, sessionId: this.sessionId, messageId, seqno: 1, body: bytes };
    const keyId = sha1(this.key).subarray(12);
    this.write(Buffer.concat([keyId, encryptMessage(this.key, envelope, FROM_CLIENT)]));
    return messageId;
  }

  sendContainer(bodies: readonly TlObject[]): bigint[] {
    const messages = bodies.map((body) => ({ messageId: this.newId(), seqno: 1, body: encode(body) }));
    this.send(packContainer(messages));
    return messages.map(({ messageId }) => messageId);
  }

  write(payload: Buffer): void {
    this.socket.write(this.cipher.encrypt(this.transport.write(payload)));
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
  async next(name: string): Promise<Heard> {
    for (;;) {
      while (this.heard.length === 0) await this.hear();
      const message = this.heard.shift();
      if (message?.object._ === name) return message;
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

  async request(body: TlObject): Promise<Heard["object"]> {
    const id = this.send(body);
    for (;;) {
      const { object } = await this.next("result");
      if (object["id"] === id) return object;
    }
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.woken();
  }

  close(): void {
    this.socket.destroy();
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
    return { _: "result", id, value, error: value["error_message"] };
  } catch {
    return { _: "result", id, bytes };
  }
}

export function keyOf(info: SandboxInfo, account = 0): Buffer {
  return Buffer.from(info.accounts[account]?.session.slice(1) ?? "", "base64").subarray(-256);
}

export const initialising = (query: TlObject): TlObject & Readonly<Record<string, unknown>> => ({
  _: "invokeWithLayer",
  layer: 198,
  query: {
    _: "initConnection",
    api_id: 1,
    device_model: "test",
    system_version: "1",
    app_version: "1",
    system_lang_code: "en",
    lang_pack: "",
    lang_code: "en",
    query,
  },
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
