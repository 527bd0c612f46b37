import type * as Tl from "../../tl/types.js";
import { ClearedHistory } from "../../world/cleared-history.js";
import { eraseCopies, eraseFrom, eraseInChannel } from "../../world/erase.js";
import { fromPlace } from "../../world/history.js";
import type { Message } from "../../world/message.js";
import { channelPeer, peerKey } from "../../world/peer.js";
import { tellOf, type Told } from "../../world/told.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { channelOf, historyOf, isChannel, mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";
import { tell } from "./tell.js";
import type { Channel } from "../../world/chat.js";

/** Messages deleted by one request: the offset in the answer says that there are more (core.telegram.org/api/offsets). */
const AT_ONCE = 100;
/** Larger chats cannot be cleared for everybody. */
const MOST_MEMBERS = 1000;

type Request = Tl.messages_deleteHistoryRequest;

/** @throws PEER_ID_INVALID, CHAT_REVOKE_DATE_UNSUPPORTED, CHAT_ADMIN_REQUIRED */
function checkMayClear(context: RequestContext, target: Target, request: Request): void {
  if (isChannel(target)) throw refuse("PEER_ID_INVALID");
  if (target.kind === "user") return;
  if (request.min_date !== undefined || request.max_date !== undefined) throw refuse("CHAT_REVOKE_DATE_UNSUPPORTED");
  const self = target.members.get(context.account.id);
  if (request.revoke && self?.role !== "creator") throw refuse("CHAT_ADMIN_REQUIRED");
}

/** Newest first. */
function wanted(context: RequestContext, target: Target, { max_id, min_date, max_date }: Request): Message[] {
  return [...fromPlace(historyOf(context, target))].filter(({ id, date }) => {
    return (max_id === 0 || id <= max_id) && (min_date ?? 0) <= date && date <= (max_date ?? Infinity);
  });
}

/** Once empty the chat leaves the list, unless it was only to be emptied. What was set for a person stays with him. */
function closeDialog(context: RequestContext, target: Target, { just_clear }: Request): void {
  const { dialogs } = mailboxOf(context);
  const key = peerKey(peerOf(target));
  const dialog = dialogs.get(key);
  if (just_clear || dialog?.history.count !== 0) return;
  if (target.kind !== "user") {
    dialogs.delete(key);
    return;
  }
  dialog.pinned = 0;
  dialog.folder = 0;
  dialog.unreadMark = false;
}

/** @throws CHANNEL_PARICIPANT_MISSING (spelled so), CHAT_ADMIN_REQUIRED, CHANNEL_TOO_BIG */
function checkMayClearChannel({ account }: RequestContext, channel: Channel, forEveryone = false): void {
  const self = channel.members.get(account.id);
  if (!self) throw refuse("CHANNEL_PARICIPANT_MISSING");
  if (!forEveryone) return;
  if (self.role !== "creator") throw refuse("CHAT_ADMIN_REQUIRED");
  if (channel.members.count > MOST_MEMBERS) throw refuse("CHANNEL_TOO_BIG");
}

/** For oneself alone nothing is deleted: it is only no longer shown, nor is what was not shown before. */
function hide(context: RequestContext, channel: Channel, asked: number): Told[] {
  const viewer = mailboxOf(context);
  const peer = channelPeer(channel.id);
  const dialog = viewer.dialogs.get(peerKey(peer));
  if (!dialog) return [];
  const hidden = dialog.history instanceof ClearedHistory ? dialog.history.upTo : 0;
  const upTo = Math.max(asked, hidden);
  dialog.history = new ClearedHistory(channel.history, upTo);
  dialog.readInbox = Math.max(dialog.readInbox, upTo);
  const channel_id = BigInt(channel.id);
  const update = { _: "updateChannelAvailableMessages", channel_id, available_min_id: upTo } as const;
  return [tellOf(context.world, viewer, peer, update)];
}

export const clearHistory = {
  "messages.deleteHistory": (request, context) => {
    const target = targetOf(context, request.peer);
    checkMayClear(context, target, request);
    const { world } = context;
    const mailbox = mailboxOf(context);
    const all = wanted(context, target, request);
    const ids = all.slice(0, AT_ONCE).map(({ id }) => id);
    if (request.revoke) tell(context, eraseCopies(world, mailbox, ids));
    const { pts, pts_count, told } = eraseFrom(world, mailbox, ids);
    tell(context, told);
    closeDialog(context, target, request);
    return { _: "messages.affectedHistory", pts, pts_count, offset: all.length - ids.length };
  },
  "channels.deleteHistory": ({ channel: input, max_id, for_everyone }, context) => {
    const channel = channelOf(context, input);
    checkMayClearChannel(context, channel, for_everyone);
    const upTo = max_id > 0 ? Math.min(max_id, channel.history.highestId) : channel.history.highestId;
    if (!for_everyone) return tell(context, hide(context, channel, upTo));
    const ids = [...fromPlace(channel.history, channel.history.placeBelow(upTo + 1))].map(({ id }) => id);
    return tell(context, eraseInChannel(context.world, channel, ids, context.account.id).told);
  },
} satisfies Handlers;
