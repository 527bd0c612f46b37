import { randomBytes } from "node:crypto";
import { igeEncrypt } from "../../../src/sandbox/mtproto/aes-ige.js";
import { sha1 } from "../../../src/sandbox/mtproto/hashes.js";
import { encode } from "../../../src/sandbox/tl/codec.js";
import type * as Tl from "../../../src/sandbox/tl/types.js";

const keyId = (key: Buffer): Buffer => sha1(key).subarray(12);

/** What a permanent key says of a temporary one, sealed by MTProto 1.0: core.telegram.org/method/auth.bindTempAuthKey */
export function binding(
  permanent: Buffer,
  temporary: Buffer,
  at: { readonly messageId: bigint; readonly sessionId: bigint; readonly expires_at: number },
): Omit<Tl.auth_bindTempAuthKeyRequest, "_"> {
  const { messageId, sessionId, expires_at } = at;
  const nonce = randomBytes(8).readBigInt64LE();
  const ids = {
    temp_auth_key_id: keyId(temporary).readBigInt64LE(),
    perm_auth_key_id: keyId(permanent).readBigInt64LE(),
  };
  const inner = encode({ _: "bind_auth_key_inner", ...{ nonce, ...ids, temp_session_id: sessionId, expires_at } });
  const head = Buffer.alloc(32);
  randomBytes(16).copy(head);
  head.writeBigInt64LE(messageId, 16);
  head.writeInt32LE(inner.length, 28);
  const plain = Buffer.concat([head, inner]);
  const messageKey = sha1(plain).subarray(4);
  const [a, b, c, d] = [
    sha1(messageKey, permanent.subarray(0, 32)),
    sha1(permanent.subarray(32, 48), messageKey, permanent.subarray(48, 64)),
    sha1(permanent.subarray(64, 96), messageKey),
    sha1(messageKey, permanent.subarray(96, 128)),
  ];
  const key = Buffer.concat([a.subarray(0, 8), b.subarray(8, 20), c.subarray(4, 16)]);
  const iv = Buffer.concat([a.subarray(8, 20), b.subarray(0, 8), c.subarray(16, 20), d.subarray(0, 8)]);
  const sealed = igeEncrypt(Buffer.concat([plain, randomBytes((16 - (plain.length % 16)) % 16)]), key, iv);
  const encrypted_message = Buffer.concat([keyId(permanent), messageKey, sealed]);
  return { perm_auth_key_id: ids.perm_auth_key_id, nonce, expires_at, encrypted_message };
}
