import { randomBytes } from "node:crypto";
import { encode } from "../../../src/sandbox/tl/codec.js";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { idOf, sealedV1 } from "../mtproto-v1.js";

/** What a permanent key says of a temporary one: core.telegram.org/method/auth.bindTempAuthKey */
export function binding(
  permanent: Buffer,
  temporary: Buffer,
  at: { readonly messageId: bigint; readonly sessionId: bigint; readonly expires_at: number },
): Omit<Tl.auth_bindTempAuthKeyRequest, "_"> {
  const { messageId, sessionId, expires_at } = at;
  const nonce = randomBytes(8).readBigInt64LE();
  const [temp_auth_key_id, perm_auth_key_id] = [idOf(temporary), idOf(permanent)];
  const ids = { temp_auth_key_id, perm_auth_key_id, temp_session_id: sessionId };
  const inner = encode({ _: "bind_auth_key_inner", ...{ nonce, ...ids, expires_at } });
  return { perm_auth_key_id, nonce, expires_at, encrypted_message: sealedV1(permanent, messageId, inner) };
}
