import { decode } from "../tl/codec.js";
import { TlError } from "../tl/error.js";
import type * as Tl from "../tl/types.js";
import { igeDecrypt } from "./aes-ige.js";
import { sha1 } from "./hashes.js";

const KEY_ID_BYTES = 8;
const HEAD_BYTES = 32;

/** What a permanent key says about a temporary one, and in which message. */
export interface Binding {
  readonly messageId: bigint;
  readonly inner: Tl.bind_auth_key_inner;
}

/** The keys of MTProto 1.0, in which bindings are still written: core.telegram.org/mtproto/description_v1 */
function aesKeyV1(authKey: Buffer, messageKey: Buffer): { key: Buffer; iv: Buffer } {
  const a = sha1(messageKey, authKey.subarray(0, 32));
  const b = sha1(authKey.subarray(32, 48), messageKey, authKey.subarray(48, 64));
  const c = sha1(authKey.subarray(64, 96), messageKey);
  const d = sha1(messageKey, authKey.subarray(96, 128));
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 20), c.subarray(4, 16)]),
    iv: Buffer.concat([a.subarray(8, 20), b.subarray(0, 8), c.subarray(16, 20), d.subarray(0, 8)]),
  };
}

/** Opens the encrypted_message of auth.bindTempAuthKey; undefined when the permanent key did not write it. */
export function openBinding(authKey: Buffer, encrypted: Buffer): Binding | undefined {
  const messageKey = encrypted.subarray(KEY_ID_BYTES, KEY_ID_BYTES + 16);
  const block = encrypted.subarray(KEY_ID_BYTES + 16);
  if (block.length < HEAD_BYTES || block.length % 16 !== 0) return undefined;
  const { key, iv } = aesKeyV1(authKey, messageKey);
  const plain = igeDecrypt(block, key, iv);
  const end = HEAD_BYTES + plain.readInt32LE(28);
  if (end < HEAD_BYTES || end > plain.length) return undefined;
  if (!sha1(plain.subarray(0, end)).subarray(4).equals(messageKey)) return undefined;
  try {
    const inner = decode(plain.subarray(HEAD_BYTES, end)) as Tl.AnyConstructor;
    return inner._ === "bind_auth_key_inner" ? { messageId: plain.readBigInt64LE(16), inner } : undefined;
  } catch (error) {
    if (error instanceof TlError) return undefined;
    throw error;
  }
}
