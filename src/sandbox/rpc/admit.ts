import { errorCode } from "../error-code.js";
import type { AuthKey } from "../mtproto/auth-key.js";
import type { World } from "../world/world.js";
import { RpcError } from "./handler.js";
import { WITHOUT_ACCOUNT } from "./handlers/without-account.js";

/** What is carried out at any data centre; the rest at the account's own alone. */
const ANYWHERE = /^(auth|help|langpack|upload)\./;

/** What a temporary key may ask before it is bound to a permanent one. */
const UNBOUND = /^(help\.|langpack\.|auth\.bindTempAuthKey$)/;

/**
 * Whether a key may ask for a method at all.
 *
 * @throws AUTH_KEY_DUPLICATED, AUTH_KEY_PERM_EMPTY, AUTH_KEY_UNREGISTERED, SESSION_REVOKED, USER_DEACTIVATED, SESSION_PASSWORD_NEEDED,
 * USER_MIGRATE_X
 */
export function admit(key: AuthKey, method: string, world: World): void {
  if (key.isDuplicated) throw named("AUTH_KEY_DUPLICATED");
  if (key.isTemporary && !key.permanent && !UNBOUND.test(method)) throw named("AUTH_KEY_PERM_EMPTY");
  if (WITHOUT_ACCOUNT.has(method)) return;
  if (!key.account) throw named(key.awaited ? "SESSION_PASSWORD_NEEDED" : (key.ended ?? "AUTH_KEY_UNREGISTERED"));
  const home = world.homeOf(key.account);
  if (home !== key.dcId && !ANYWHERE.test(method)) throw named(`USER_MIGRATE_${home}`);
}

const named = (name: string): RpcError => new RpcError(errorCode(name), name);
