import { randomBytes } from "node:crypto";
import type { SandboxInfo } from "tg-guarded/testing";
import { encode } from "../../src/sandbox/tl/codec.js";
import type * as Tl from "../../src/sandbox/tl/types.js";
import { rsaPad, shake } from "./handshake-client.js";
import { made } from "./login-desk.js";
import { idOf, sealedV1 } from "./mtproto-v1.js";
import type { RawClient } from "./raw-client.js";

/** A client with a temporary key that is bound to nothing yet. */
export async function temporary(info: SandboxInfo, expires_in = 3600): Promise<RawClient> {
  const { client } = await shake(info, { inner: "p_q_inner_data_temp_dc", pad: rsaPad, spoil: { expires_in } });
  return client;
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
  const encrypted_message = sealedV1(spoilt.key ?? permanent, spoilt.messageId ?? messageId, inner);
  const fields = { perm_auth_key_id: idOf(permanent), nonce, expires_at, encrypted_message, ...spoilt.request };
  client.send(made("auth.bindTempAuthKey", fields), messageId);
  return (await client.next("result")).object["error"] ?? "ok";
}
