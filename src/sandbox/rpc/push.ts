import type { AuthKey } from "../mtproto/auth-key.js";
import type { Session } from "../mtproto/session.js";
import type * as Tl from "../tl/types.js";

/** Sends updates to the sessions of an account that want them, except to the one whose request caused them. */
export function pushUpdates(
  keys: Iterable<AuthKey>,
  accountId: number,
  updates: Tl.TypeUpdates,
  cause?: Session,
): void {
  for (const key of keys) {
    // Data centres that are not the account's own send files alone.
    if (key.account?.id !== accountId || (key.account.dcId ?? key.dcId) !== key.dcId) continue;
    for (const session of key.sessions.values()) {
      const listens = session.connection !== undefined && session.updates === "wanted" && session !== cause;
      if (listens) session.notify(updates, { isAnswer: false, isContent: true });
    }
  }
}
