import { openBinding } from "../../mtproto/binding.js";
import { refuse } from "../handlers/refuse.js";
import type { LoginHandlers } from "./context.js";

/** Temporary keys, for perfect forward secrecy: core.telegram.org/api/pfs */
export const bindKey = {
  "auth.bindTempAuthKey": ({ perm_auth_key_id, nonce, expires_at, encrypted_message }, context) => {
    const { key, logins, dcId, sessionId, messageId, now } = context;
    if (!key.isTemporary) throw refuse("TEMP_AUTH_KEY_EMPTY");
    if (expires_at * 1000 <= now) throw refuse("EXPIRES_AT_INVALID");
    const permanent = logins.keysAt(dcId).get(perm_auth_key_id);
    const binding = permanent && !permanent.isTemporary && openBinding(permanent.bytes, Buffer.from(encrypted_message));
    if (!permanent || !binding) throw refuse("ENCRYPTED_MESSAGE_INVALID");
    const { inner } = binding;
    const isRight =
      binding.messageId === messageId &&
      inner.nonce === nonce &&
      inner.temp_auth_key_id === key.id &&
      inner.perm_auth_key_id === permanent.id &&
      inner.temp_session_id === sessionId &&
      inner.expires_at === expires_at;
    if (!isRight) throw refuse("ENCRYPTED_MESSAGE_INVALID");
    if (key.permanent && key.permanent !== permanent) throw refuse("TEMP_AUTH_KEY_ALREADY_BOUND");
    key.bind(permanent);
    return true;
  },
  "auth.dropTempAuthKeys": ({ except_auth_keys }, { key, logins, dcId }) => {
    const permanent = key.permanent ?? key;
    for (const other of logins.keysAt(dcId).values()) {
      if (other.permanent === permanent && !except_auth_keys.includes(other.id)) other.bind(undefined);
    }
    return true;
  },
} satisfies LoginHandlers;
