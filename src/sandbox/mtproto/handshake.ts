import { randomBytes } from "node:crypto";
import { decode, encode, readObject } from "../tl/codec.js";
import { TlReader } from "../tl/reader.js";
import type * as Tl from "../tl/types.js";
import { igeDecrypt, igeEncrypt } from "./aes-ige.js";
import { AuthKey } from "./auth-key.js";
import { DH_GENERATOR, DH_PRIME, startExchange, type DhExchange } from "./diffie-hellman.js";
import { sha1, xor } from "./hashes.js";
import { createChallenge, type Challenge } from "./proof-of-work.js";
import type { ServerKey } from "./server-key.js";

/** Errors of the transport: core.telegram.org/mtproto/mtproto-transports#transport-errors */
export const KEY_NOT_FOUND = -404;
const INVALID_DC = -444;

/** A request of the handshake that is out of order or does not hold together. The connection is closed. */
export class HandshakeError extends Error {
  /** @param code the error of the transport that the client is told */
  constructor(
    message: string,
    readonly code = KEY_NOT_FOUND,
  ) {
    super(message);
    this.name = "HandshakeError";
  }
}

type Constructor = { readonly _: string };
type Step = "asked" | "keyed";

/** A client may have several exchanges on one connection (temporary keys); more than this are noise. */
const MAX_EXCHANGES = 8;

interface Exchange {
  step: Step;
  readonly nonce: Buffer;
  readonly serverNonce: Buffer;
  readonly challenge: Challenge;
  newNonce?: Buffer;
  /** Set when a temporary key is asked for: for how many seconds. */
  lifeSeconds?: number | undefined;
  dh?: DhExchange;
}

export interface HandshakeServer {
  readonly key: ServerKey;
  readonly dcId: number;
  readonly unixTime: () => number;
  readonly accept: (key: AuthKey) => void;
}

const INNER_DATA: ReadonlySet<string> = new Set<Tl.TypeP_Q_inner_data["_"]>([
  "p_q_inner_data",
  "p_q_inner_data_dc",
  "p_q_inner_data_temp",
  "p_q_inner_data_temp_dc",
]);
const isInnerData = (object: Constructor): object is Tl.TypeP_Q_inner_data => INNER_DATA.has(object._);

/** core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication: 10000 more for test ones, negative for media alone. */
const centreOf = (dc: number): number => Math.abs(dc) % 10_000;

/** The creation of authorization keys, per connection: core.telegram.org/mtproto/auth_key */
export class Handshake {
  private readonly exchanges = new Map<string, Exchange>();

  constructor(private readonly server: HandshakeServer) {}

  /**
   * Answers one unencrypted request.
   *
   * @throws {@link HandshakeError}
   */
  answer(request: Tl.AnyRequest): Buffer {
    switch (request._) {
      case "req_pq":
      case "req_pq_multi":
        return this.begin(Buffer.from(request.nonce));
      case "req_DH_params":
        return this.giveParameters(request);
      case "set_client_DH_params":
        return this.complete(request);
      default:
        throw new HandshakeError(`${request._} came without encryption`);
    }
  }

  private begin(nonce: Buffer): Buffer {
    const exchange: Exchange = { step: "asked", nonce, serverNonce: randomBytes(16), challenge: createChallenge() };
    if (this.exchanges.size >= MAX_EXCHANGES) this.exchanges.clear();
    this.exchanges.set(exchange.serverNonce.toString("hex"), exchange);
    const answer: Tl.resPQ = {
      _: "resPQ",
      nonce,
      server_nonce: exchange.serverNonce,
      pq: exchange.challenge.pq,
      server_public_key_fingerprints: [this.server.key.fingerprint],
    };
    return encode(answer);
  }

  private giveParameters(request: Tl.req_DH_paramsRequest): Buffer {
    const exchange = this.find(request, "asked");
    const asked = this.readInner(request, exchange);
    const newNonce = Buffer.from(asked.new_nonce);
    exchange.newNonce = newNonce;
    exchange.lifeSeconds = "expires_in" in asked ? asked.expires_in : undefined;
    exchange.dh = startExchange();
    exchange.step = "keyed";
    const inner: Tl.server_DH_inner_data = {
      _: "server_DH_inner_data",
      nonce: exchange.nonce,
      server_nonce: exchange.serverNonce,
      g: DH_GENERATOR,
      dh_prime: DH_PRIME,
      g_a: exchange.dh.publicValue,
      server_time: this.server.unixTime(),
    };
    const { key, iv } = temporaryKey(newNonce, exchange.serverNonce);
    const answer: Tl.server_DH_params_ok = {
      _: "server_DH_params_ok",
      nonce: exchange.nonce,
      server_nonce: exchange.serverNonce,
      encrypted_answer: igeEncrypt(withHash(encode(inner)), key, iv),
    };
    return encode(answer);
  }

  private readInner(request: Tl.req_DH_paramsRequest, exchange: Exchange): Tl.TypeP_Q_inner_data {
    if (request.public_key_fingerprint !== this.server.key.fingerprint) throw new HandshakeError("an unknown RSA key");
    if (!exchange.challenge.isSolvedBy(request.p, request.q)) throw new HandshakeError("wrong factors");
    const opened = this.server.key.open(Buffer.from(request.encrypted_data));
    if (opened === undefined) throw new HandshakeError("unreadable inner data");
    const reader = new TlReader(opened.data);
    const inner = readObject(reader);
    if (!isInnerData(inner) || !opened.fits(reader.position)) throw new HandshakeError("unreadable inner data");
    if (!sameNonces(inner, exchange)) throw new HandshakeError("the inner data belongs to another exchange");
    if (!exchange.challenge.isSolvedBy(inner.p, inner.q)) throw new HandshakeError("wrong factors in the inner data");
    if ("dc" in inner && centreOf(inner.dc) !== this.server.dcId) {
      throw new HandshakeError("the inner data names another data centre", INVALID_DC);
    }
    return inner;
  }

  private complete(request: Tl.set_client_DH_paramsRequest): Buffer {
    const exchange = this.find(request, "keyed");
    const { newNonce, dh, lifeSeconds } = exchange;
    if (newNonce === undefined || dh === undefined) throw new HandshakeError("parameters were not asked for");
    const inner = readClientHalf(Buffer.from(request.encrypted_data), newNonce, exchange);
    this.exchanges.delete(exchange.serverNonce.toString("hex"));
    const bytes = dh.agree(Buffer.from(inner.g_b));
    const { nonce, serverNonce: server_nonce } = exchange;
    if (bytes === undefined) {
      const new_nonce_hash3 = nonceHash(newNonce, 3, Buffer.alloc(8));
      return encode({ _: "dh_gen_fail", nonce, server_nonce, new_nonce_hash3 });
    }
    // core.telegram.org/mtproto/auth_key#9-server-responds-in-one-of-three-ways: the first salt is made of both nonces.
    const salt = xor(newNonce.subarray(0, 8), exchange.serverNonce.subarray(0, 8)).readBigInt64LE();
    const expiresAt = lifeSeconds === undefined ? undefined : this.server.unixTime() + lifeSeconds;
    const key = new AuthKey(bytes, this.server.dcId, { salt, expiresAt });
    this.server.accept(key);
    const new_nonce_hash1 = nonceHash(newNonce, 1, key.auxHash);
    return encode({ _: "dh_gen_ok", nonce, server_nonce, new_nonce_hash1 });
  }

  private find(request: { readonly nonce: Uint8Array; readonly server_nonce: Uint8Array }, step: Step): Exchange {
    const exchange = this.exchanges.get(Buffer.from(request.server_nonce).toString("hex"));
    if (exchange === undefined || exchange.step !== step) throw new HandshakeError("no such exchange is under way");
    if (!exchange.nonce.equals(request.nonce)) throw new HandshakeError("a wrong nonce");
    return exchange;
  }
}

const sameNonces = (
  inner: { readonly nonce: Uint8Array; readonly server_nonce: Uint8Array },
  exchange: Exchange,
): boolean => exchange.nonce.equals(inner.nonce) && exchange.serverNonce.equals(inner.server_nonce);

function readClientHalf(encrypted: Buffer, newNonce: Buffer, exchange: Exchange): Tl.client_DH_inner_data {
  if (encrypted.length === 0 || encrypted.length % 16 !== 0) throw new HandshakeError("unreadable client data");
  const { key, iv } = temporaryKey(newNonce, exchange.serverNonce);
  const plain = igeDecrypt(encrypted, key, iv);
  const reader = new TlReader(plain.subarray(20));
  const inner = readObject(reader) as Tl.AnyConstructor;
  const hash = sha1(plain.subarray(20, 20 + reader.position));
  if (inner._ !== "client_DH_inner_data" || !hash.equals(plain.subarray(0, 20))) {
    throw new HandshakeError("unreadable client data");
  }
  if (!sameNonces(inner, exchange)) throw new HandshakeError("the client data belongs to another exchange");
  return inner;
}

/** core.telegram.org/mtproto/auth_key#5-server-responds-with */
function temporaryKey(newNonce: Buffer, serverNonce: Buffer): { key: Buffer; iv: Buffer } {
  const forth = sha1(newNonce, serverNonce);
  const back = sha1(serverNonce, newNonce);
  const twice = sha1(newNonce, newNonce);
  return {
    key: Buffer.concat([forth, back.subarray(0, 12)]),
    iv: Buffer.concat([back.subarray(12, 20), twice, newNonce.subarray(0, 4)]),
  };
}

/** SHA1, data, and padding up to AES's block. */
function withHash(data: Buffer): Buffer {
  const length = 20 + data.length;
  return Buffer.concat([sha1(data), data, randomBytes((16 - (length % 16)) % 16)]);
}

const nonceHash = (newNonce: Buffer, kind: number, auxHash: Buffer): Buffer =>
  sha1(newNonce, Buffer.from([kind]), auxHash).subarray(4, 20);

/** Reads an unencrypted request. */
export const decodePlain = (body: Buffer): Tl.AnyRequest => decode(body) as Tl.AnyRequest;
