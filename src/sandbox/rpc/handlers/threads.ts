import type { Channel } from "../../world/chat.js";
import type { Dialog, ThreadMark } from "../../world/mailbox.js";
import { discussionOf } from "../../world/thread.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { isChannel, mailboxOf, type Target } from "./resolve.js";

export interface Thread {
  readonly group: Channel;
  /** The message at its top, or the one that opened the topic. */
  readonly top: number;
}

/** The comments of a post lie in the discussion group, beneath the message that stands for the post there. */
export function threadOf(target: Target, id: number): Thread {
  if (!isChannel(target)) throw refuse("PEER_ID_INVALID");
  if (target.kind === "supergroup") {
    if (!target.forum?.get(id) && !target.history.byId(id)) throw refuse("MSG_ID_INVALID");
    return { group: target, top: id };
  }
  const root = discussionOf(target, id);
  if (!root || !target.linked) throw refuse("MSG_ID_INVALID");
  return { group: target.linked, top: root.id };
}

/** What a dialog keeps of how far a thread has been read. */
export const marksIn = (dialog: Dialog, { forum }: Channel): Map<number, ThreadMark> =>
  forum ? dialog.topicMarks : dialog.threadMarks;

/** How far the account has read a thread, be it with the whole group. */
export function readMarkOf(context: RequestContext, { group, top }: Thread): ThreadMark {
  const dialog = mailboxOf(context).dialogs.get(`channel:${group.id}`);
  const { inbox = 0, outbox = 0 } = dialog ? (marksIn(dialog, group).get(top) ?? {}) : {};
  return { inbox: Math.max(inbox, dialog?.readInbox ?? 0), outbox: Math.max(outbox, dialog?.readOutbox ?? 0) };
}
