import type * as Tl from "../../tl/types.js";
import type { RequestContext } from "../handler.js";
import { mailboxOf } from "./resolve.js";

/** Where the account's event sequences stand. Secret chats (qts) and ordered containers (seq) are not used here. */
export function stateOf(context: RequestContext): Tl.updates_state {
  const mailbox = mailboxOf(context);
  let unread_count = 0;
  for (const dialog of mailbox.dialogs.values()) if (dialog.unreadBy(context.account.id) > 0) unread_count += 1;
  const date = Math.floor(context.now / 1000);
  return { _: "updates.state", pts: mailbox.journal.pts, qts: 0, date, seq: 0, unread_count };
}
