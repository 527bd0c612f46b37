import type * as Tl from "../../tl/types.js";
import type { Dialog } from "../../world/mailbox.js";
import { unseenMentions } from "../../world/mention.js";
import type { Message } from "../../world/message.js";
import { peerKey } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import { StoredHistory } from "../../world/stored-history.js";
import { cut } from "../../world/window.js";
import type { Handlers, RequestContext } from "../handler.js";
import { presentPage } from "./message-page.js";
import { channelOf, isChannel, mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";
import { isRound, isVoice } from "./search-filter.js";

function dialogOf(context: RequestContext, target: Target): Dialog | undefined {
  return mailboxOf(context).dialogs.get(peerKey(peerOf(target)));
}

/** What was sent to be listened to or looked at once. */
const isForOnce = (message: Message): boolean => isVoice(message) || isRound(message);

function asHistory(messages: readonly Message[]): StoredHistory {
  const history = new StoredHistory();
  for (const message of [...messages].sort((a, b) => a.id - b.id)) history.add(message);
  return history;
}

/** Marks messages as looked at, and tells the account's other sessions. */
function look(context: RequestContext, dialog: Dialog, ids: readonly number[]): Tl.TypeUpdate | undefined {
  for (const id of ids) dialog.seen.add(id);
  if (ids.length === 0) return undefined;
  const cast = new Cast(context.world, mailboxOf(context)).add(dialog.peer);
  const update: Tl.TypeUpdate =
    dialog.peer.kind === "channel"
      ? { _: "updateChannelReadMessagesContents", channel_id: BigInt(dialog.peer.id), messages: ids }
      : { _: "updateReadMessagesContents", messages: ids, pts: mailboxOf(context).journal.pts, pts_count: 0 };
  context.push(context.account, updatesOf(cast, [update]));
  return update;
}

const nothing = (pts: number): Tl.messages_affectedHistory => ({
  _: "messages.affectedHistory",
  pts,
  pts_count: 0,
  offset: 0,
});

/** core.telegram.org/api/mentions */
export const mentionMarks = {
  "messages.getUnreadMentions": (request, context) => {
    const target = targetOf(context, request.peer);
    const dialog = dialogOf(context, target);
    const all = dialog ? unseenMentions(context.world, dialog, context.account.id) : [];
    const here = all.filter(({ topId }) => request.top_msg_id === undefined || topId === request.top_msg_id);
    return presentPage(context, target, cut(asHistory(here), request), request.offset_id);
  },
  "messages.readMentions": ({ peer, top_msg_id }, context) => {
    const target = targetOf(context, peer);
    const dialog = dialogOf(context, target);
    const pts = isChannel(target) ? target.journal.pts : mailboxOf(context).journal.pts;
    if (!dialog) return nothing(pts);
    const all = unseenMentions(context.world, dialog, context.account.id);
    const read = all.filter(({ topId }) => top_msg_id === undefined || topId === top_msg_id);
    look(
      context,
      dialog,
      read.map(({ id }) => id),
    );
    return nothing(pts);
  },
  "messages.readMessageContents": ({ id: ids }, context) => {
    const mailbox = mailboxOf(context);
    const found = ids.flatMap((id) => mailbox.find(id) ?? []);
    for (const { dialog, message } of found)
      if (isForOnce(message) || dialog.peer.kind !== "user") dialog.seen.add(message.id);
    const messages = found.map(({ message }) => message.id);
    const { pts } = mailbox.journal;
    const update = { _: "updateReadMessagesContents", messages, pts, pts_count: 0 } as const;
    if (messages.length > 0) context.push(context.account, updatesOf(new Cast(context.world, mailbox), [update]));
    return { _: "messages.affectedMessages", pts, pts_count: 0 };
  },
  "channels.readMessageContents": ({ channel: input, id: ids }, context) => {
    const channel = channelOf(context, input);
    const dialog = dialogOf(context, channel);
    if (!dialog) return false;
    const there = ids.filter((id) => channel.history.byId(id) !== undefined);
    return look(context, dialog, there) !== undefined;
  },
  "messages.getUnreadReactions": (request, context) =>
    presentPage(context, targetOf(context, request.peer), cut(new StoredHistory(), request), request.offset_id),
  "messages.readReactions": ({ peer }, context) => {
    const target = targetOf(context, peer);
    return nothing(isChannel(target) ? target.journal.pts : mailboxOf(context).journal.pts);
  },
} satisfies Handlers;
