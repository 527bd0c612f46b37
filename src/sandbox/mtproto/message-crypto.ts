import { randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { igeDecrypt, igeEncrypt } from "./aes-ige.js";
import { sha256 } from "./hashes.js";

/** Where in the key the material of a direction begins: core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector */
export const FROM_CLIENT = 0;
export const FROM_SERVER = 8;
type Direction = typeof FROM_CLIENT | typeof FROM_SERVER;

const HEADER_BYTES = 32;
const MIN_PADDING = 12;
const MAX_PADDING = 1024;

/** What an encrypted packet carries: one message, which may be a container. */
export interface Envelope {
  readonly salt: bigint;
  readonly sessionId: bigint;
  readonly messageId: bigint;
  readonly seqno: number;
  readonly body: Buffer;
}

/** A message as it was opened. */
export interface Opened extends Envelope {
  /** What a quick acknowledgement of its packet says: core.telegram.org/mtproto/mtproto-transports#quick-ack */
  readonly ackToken: number;
}

function aesKey(authKey: Buffer, messageKey: Buffer, x: Direction): { key: Buffer; iv: Buffer } {
  const a = sha256(messageKey, authKey.subarray(x, x + 36));
  const b = sha256(authKey.subarray(40 + x, 76 + x), messageKey);
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    iv: Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  };
}

const hashOf = (authKey: Buffer, padded: Buffer, x: Direction): Buffer =>
  sha256(authKey.subarray(88 + x, 120 + x), padded);
const messageKeyOf = (hash: Buffer): Buffer => hash.subarray(8, 24);

/**
 * Encrypts a message, the server's unless told otherwise, in the parts of a packet that follow the eight bytes of the
 * key's id. They are joined only once, in the transport's frame.
 */
export function encryptMessage(
  authKey: Buffer,
  envelope: Envelope,
  x: Direction = FROM_SERVER,
): readonly [messageKey: Buffer, encrypted: Buffer] {
  const unpadded = HEADER_BYTES + envelope.body.length;
  const padding = MIN_PADDING + ((16 - ((unpadded + MIN_PADDING) % 16)) % 16) + 16 * randomInt(4);
  const plain = Buffer.allocUnsafe(unpadded + padding);
  plain.writeBigInt64LE(BigInt.asIntN(64, envelope.salt), 0);
  plain.writeBigInt64LE(BigInt.asIntN(64, envelope.sessionId), 8);
  plain.writeBigInt64LE(BigInt.asIntN(64, envelope.messageId), 16);
  plain.writeInt32LE(envelope.seqno, 24);
  plain.writeInt32LE(envelope.body.length, 28);
  envelope.body.copy(plain, HEADER_BYTES);
  randomBytes(padding).copy(plain, unpadded);
  const messageKey = messageKeyOf(hashOf(authKey, plain, x));
  const { key, iv } = aesKey(authKey, messageKey, x);
  return [messageKey, igeEncrypt(plain, key, iv)];
}

/** Opens a message, a client's unless told otherwise, without the key's id; undefined when it does not hold together. */
export function decryptMessage(authKey: Buffer, payload: Buffer, x: Direction = FROM_CLIENT): Opened | undefined {
  const messageKey = payload.subarray(0, 16);
  // Padded transports add up to 15 bytes behind the last block.
  const encrypted = payload.subarray(16, payload.length - (payload.length % 16));
  if (encrypted.length < HEADER_BYTES + 16) return undefined;
  const { key, iv } = aesKey(authKey, messageKey, x);
  const plain = igeDecrypt(encrypted, key, iv);
  const hash = hashOf(authKey, plain, x);
  if (!timingSafeEqual(messageKeyOf(hash), messageKey)) return undefined;
  const envelope = openPlain(plain);
  return envelope && { ...envelope, ackToken: (hash.readUInt32LE() | 0x80000000) >>> 0 };
}

function openPlain(plain: Buffer): Envelope | undefined {
  const length = plain.readInt32LE(28);
  const padding = plain.length - HEADER_BYTES - length;
  if (length < 0 || length % 4 !== 0 || padding < MIN_PADDING || padding > MAX_PADDING) return undefined;
  return {
    salt: plain.readBigInt64LE(0),
    sessionId: plain.readBigInt64LE(8),
    messageId: plain.readBigInt64LE(16),
    seqno: plain.readInt32LE(24),
    body: plain.subarray(HEADER_BYTES, HEADER_BYTES + length),
  };
}
