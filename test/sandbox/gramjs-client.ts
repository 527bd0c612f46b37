import { createHash, createPublicKey } from "node:crypto";
import { Socket } from "node:net";
import bigInt from "big-integer";
import { TelegramClient } from "telegram";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { PromisedNetSockets } from "telegram/extensions/index.js";
import { Logger, LogLevel } from "telegram/extensions/Logger.js";
import { ConnectionTCPFull } from "telegram/network/connection/TCPFull.js";
import { StringSession } from "telegram/sessions/index.js";
import type { SandboxInfo } from "tg-guarded/testing";
import { TlWriter } from "../../src/sandbox/tl/writer.js";

/** Makes GramJS trust a sandbox's key. */
function trust(pem: string): void {
  const { n = "", e = "" } = createPublicKey(pem).export({ format: "jwk" });
  const writer = new TlWriter();
  writer.bytes(Buffer.from(n, "base64url"));
  writer.bytes(Buffer.from(e, "base64url"));
  const fingerprint = createHash("sha1").update(writer.finish()).digest().readBigInt64LE(12);
  const modulus = bigInt(Buffer.from(n, "base64url").toString("hex"), 16);
  _serverKeys.set(fingerprint.toString(), { n: modulus, e: 65537 });
}

class PromptSockets extends PromisedNetSockets {
  override async connect(port: number, ip: string): Promise<void> {
    await super.connect(port, ip);
    // GramJS sets no TCP_NODELAY, which costs 40 ms after every error, and keeps its socket to itself.
    const socket: unknown = Reflect.get(this, "client");
    if (socket instanceof Socket) socket.setNoDelay(true);
  }
}

/** Keeps Telegram's usual port: GramJS cannot save higher ones, and the connection knows better. */
class UsualPort extends StringSession {
  override setDC(dcId: number, address: string): void {
    super.setDC(dcId, address, 443);
  }
}

/** Where a client without a session begins, and how often it asks: moving to another data centre costs one try. */
interface Manner {
  readonly dcId?: number;
  readonly requestRetries?: number;
}

/** A raw GramJS client of a sandbox, without any of our own layers. Without a session it makes a key of its own. */
export function gramJsClient(info: SandboxInfo, session = "", manner: Manner = {}): TelegramClient {
  const { dcId = info.dcId, requestRetries = 1 } = manner;
  trust(info.publicKeyPem);
  // GramJS ignores the session's port, so the connection itself goes to the right one.
  class SandboxConnection extends ConnectionTCPFull {
    constructor(options: ConstructorParameters<typeof ConnectionTCPFull>[0]) {
      const dc = info.dcs.find(({ id }) => id === options.dcId) ?? info;
      super({ ...options, ip: dc.host, port: dc.port });
    }
  }
  const stored = new UsualPort(session);
  if (session === "") stored.setDC(dcId, info.host);
  return new TelegramClient(stored, info.apiId, info.apiHash, {
    connection: SandboxConnection,
    networkSocket: PromptSockets,
    connectionRetries: 3,
    floodSleepThreshold: 0,
    requestRetries,
    baseLogger: new Logger(LogLevel.NONE),
  });
}
