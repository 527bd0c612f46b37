import { randomBytes } from "node:crypto";
import type { SandboxInfo } from "tg-guarded/testing";
import { igeEncrypt } from "../../src/sandbox/mtproto/aes-ige.js";
import { sha1 } from "../../src/sandbox/mtproto/hashes.js";
import { encode } from "../../src/sandbox/tl/codec.js";
import type * as Tl from "../../src/sandbox/tl/types.js";
import { rsaPad, shake } from "./handshake-client.js";
import { made } from "./login-desk.js";
import type { RawClient } from "./raw-client.js";

export const idOf = (key: Buffer): bigint => sha1(key).readBigInt64LE(12);

/** A client with a temporary key that is bound to nothing yet. */
export async function temporary(info: SandboxInfo, expires_in = 3600): Promise<RawClient> {
  const { client } = await shake(info, { inner: "p_q_inner_data_temp_dc", pad: rsaPad, spoil: { expires_in } });
  return client;
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

/** What may be wrong with a binding. */
export interface Spoilt {
  /** Fields of the inner data. */
  readonly inner?: Partial<Tl.bind_auth_key_inner>;
  /** Fields of the request. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** The message that the binding says it came in. */
  readonly messageId?: bigint;
  /** The key that the binding is written with. */
  readonly key?: Buffer;
}

/** auth.bindTempAuthKey by hand (core.telegram.org/method/auth.bindTempAuthKey). @returns the error's name, or "ok" */
export async function bind(client: RawClient, permanent: Buffer, spoilt: Spoilt = {}): Promise<unknown> {
  const nonce = randomBytes(8).readBigInt64LE();
  const expires_at = Math.floor(client.clock() / 1000) + 3600;
  const messageId = client.newId();
  const inner = encode({
    ...{ _: "bind_auth_key_inner", nonce, expires_at, temp_session_id: client.sessionId },
    ...{ temp_auth_key_id: idOf(client.key), perm_auth_key_id: idOf(permanent) },
    ...spoilt.inner,
  });
  const head = Buffer.concat([randomBytes(16), Buffer.alloc(16)]);
  head.writeBigInt64LE(spoilt.messageId ?? messageId, 16);
  head.writeInt32LE(inner.length, 28);
  const encrypted_message = encryptV1(spoilt.key ?? permanent, Buffer.concat([head, inner]));
  const fields = { perm_auth_key_id: idOf(permanent), nonce, expires_at, encrypted_message, ...spoilt.request };
  client.send(made("auth.bindTempAuthKey", fields), messageId);
  return (await client.next("result")).object["error"] ?? "ok";
}
