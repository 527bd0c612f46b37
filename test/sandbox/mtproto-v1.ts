import { randomBytes } from "node:crypto";
import { igeEncrypt } from "../../src/sandbox/mtproto/aes-ige.js";
import { sha1 } from "../../src/sandbox/mtproto/hashes.js";

/** The lower 64 bits of its SHA-1: core.telegram.org/mtproto/description */
export const idOf = (key: Buffer): bigint => sha1(key).readBigInt64LE(12);

/**
 * A message sealed by MTProto 1.0, as bindings still are: random bytes stand for salt and session, and its sequence number
 * is 0 (core.telegram.org/method/auth.bindTempAuthKey).
 */
export function sealedV1(key: Buffer, messageId: bigint, body: Uint8Array): Buffer {
  const head = Buffer.concat([randomBytes(16), Buffer.alloc(16)]);
  head.writeBigInt64LE(messageId, 16);
  head.writeInt32LE(body.length, 28);
  return encryptV1(key, Buffer.concat([head, body]));
}

/** The material of MTProto 1.0: core.telegram.org/mtproto/description_v1#defining-aes-key-and-initialization-vector */
function encryptV1(key: Buffer, unpadded: Buffer): Buffer {
  const messageKey = sha1(unpadded).subarray(4);
  const [a, b, c, d] = [
    sha1(messageKey, key.subarray(0, 32)),
    sha1(key.subarray(32, 48), messageKey, key.subarray(48, 64)),
    sha1(key.subarray(64, 96), messageKey),
    sha1(messageKey, key.subarray(96, 128)),
  ];
  const aesKey = Buffer.concat([a.subarray(0, 8), b.subarray(8), c.subarray(4, 16)]);
  const iv = Buffer.concat([a.subarray(8), b.subarray(0, 8), c.subarray(16), d.subarray(0, 8)]);
  const padded = Buffer.concat([unpadded, randomBytes((16 - (unpadded.length % 16)) % 16)]);
  return Buffer.concat([sha1(key).subarray(12), messageKey, igeEncrypt(padded, aesKey, iv)]);
}
