import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { fromPlace } from "../../world/history.js";
import type { Dialog, Mailbox } from "../../world/mailbox.js";
import type { Message } from "../../world/message.js";
import { peerKey, tlPeer, userPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid, refuse } from "./refuse.js";
import { channelOf, historyOf, isChannel, mailboxOf, peerOf, targetOf } from "./resolve.js";

/** 0 means all. */
const markOf = (dialog: Dialog, maxId: number): number =>
  maxId > 0 ? Math.min(maxId, dialog.history.highestId) : dialog.history.highestId;

function push(context: RequestContext, viewer: Mailbox, dialog: Dialog, update: Tl.TypeUpdate): void {
  const cast = new Cast(context.world, viewer).add(dialog.peer);
  context.push(context.world.account(viewer.accountId), updatesOf(cast, [update]));
}

function markRead({ now }: RequestContext, dialog: Dialog, maxId: number): void {
  dialog.readInbox = maxId;
  dialog.unreadMark = false;
  dialog.readings.push({ maxId, date: Math.floor(now / 1000) });
}

function readInbox(context: RequestContext, dialog: Dialog, maxId: number): number {
  const mailbox = mailboxOf(context);
  markRead(context, dialog, maxId);
  const pts = mailbox.journal.record(1, { kind: "read-inbox", peer: dialog.peer, maxId });
  const still_unread_count = dialog.unreadBy(context.account.id);
  const peer = tlPeer(dialog.peer);
  push(context, mailbox, dialog, {
    _: "updateReadHistoryInbox",
    peer,
    max_id: maxId,
    still_unread_count,
    pts,
    pts_count: 1,
  });
  return pts;
}

/** Who wrote what was read sees it: the other one in a private chat, the other members of a group. */
function tellWriters(context: RequestContext, dialog: Dialog, maxId: number): void {
  const { peer } = dialog;
  const group = peer.kind === "chat" ? context.world.groups.get(peer.id) : undefined;
  const other = peer.kind === "user" ? context.world.mailbox(peer.id) : undefined;
  const writers = group ? context.world.membersAmongAccounts(group) : other ? [other] : [];
  for (const writer of writers) {
    if (writer.accountId !== context.account.id) tellWriter(context, dialog, maxId, writer);
  }
}

function tellWriter(context: RequestContext, dialog: Dialog, maxId: number, writer: Mailbox): void {
  const back = dialog.peer.kind === "user" ? userPeer(context.account.id) : dialog.peer;
  const his = writer.dialogs.get(peerKey(back));
  if (!his) return;
  const max_id = lastReadIn(writer, dialog, maxId);
  if (max_id <= his.readOutbox) return;
  his.readOutbox = max_id;
  const pts = writer.journal.record(1, { kind: "read-outbox", peer: his.peer, maxId: max_id });
  push(context, writer, his, { _: "updateReadHistoryOutbox", peer: tlPeer(his.peer), max_id, pts, pts_count: 1 });
}

/** The newest of the messages read that the writer still has. */
function lastReadIn(writer: Mailbox, { history }: Dialog, maxId: number): number {
  for (const { origin } of fromPlace(history, history.placeBelow(maxId + 1))) {
    const id = writer.idOf(origin);
    if (id !== undefined) return id;
  }
  return 0;
}

/** In a supergroup a message counts as read once one other member has read it. */
function tellChannelWriters(context: RequestContext, channel: Channel, before: number, maxId: number): void {
  if (channel.kind !== "supergroup") return;
  for (const writer of context.world.membersAmongAccounts(channel)) {
    const his = writer.dialogs.get(`channel:${channel.id}`);
    if (!his || writer.accountId === context.account.id || maxId <= his.readOutbox) continue;
    if (!wroteBetween(channel, writer.accountId, Math.max(before, his.readOutbox), maxId)) continue;
    his.readOutbox = maxId;
    push(context, writer, his, { _: "updateReadChannelOutbox", channel_id: BigInt(channel.id), max_id: maxId });
  }
}

/** Whether somebody has written anything above one id and up to another. */
export function wroteBetween({ history }: Channel, who: number, after: number, upTo: number): boolean {
  for (let place = history.placeBelow(upTo + 1); place < history.placeBelow(after + 1); place++) {
    const from = history.at(place)?.from;
    if (from?.kind === "user" && from.id === who) return true;
  }
  return false;
}

/** How long it is told when a message was read, and in how large groups who has. */
const READ_DATE_SECONDS = 7 * 86_400;
const MOST_READERS = 100;

function checkFresh({ now }: RequestContext, { date }: Message): void {
  if (now / 1000 - date > READ_DATE_SECONDS) throw refuse("MESSAGE_TOO_OLD");
}

export const readMarks = {
  "messages.getOutboxReadDate": ({ peer, msg_id }, context) => {
    const target = targetOf(context, peer);
    if (target.kind !== "user") throw refuse("PEER_ID_INVALID");
    const message = historyOf(context, target).byId(msg_id);
    if (!message) throw refuse("MESSAGE_ID_INVALID");
    checkFresh(context, message);
    const { relations } = context.world;
    if (!relations.allows(target.user.id, "lastSeen", context.account.id)) throw forbid("USER_PRIVACY_RESTRICTED");
    if (!relations.allows(context.account.id, "lastSeen", target.user.id)) throw forbid("YOUR_PRIVACY_RESTRICTED");
    const reader = context.world.mailbox(target.user.id);
    const theirs = reader?.idOf(message.origin);
    const date =
      theirs === undefined ? undefined : reader?.dialogs.get(peerKey(userPeer(context.account.id)))?.readDateOf(theirs);
    if (date === undefined) throw refuse("MESSAGE_NOT_READ_YET");
    return { _: "outboxReadDate", date };
  },
  "messages.getMessageReadParticipants": ({ peer, msg_id }, context) => {
    const target = targetOf(context, peer);
    if (target.kind === "user" || target.kind === "channel") throw refuse("PEER_ID_INVALID");
    if (target.members.count > MOST_READERS) throw refuse("CHAT_TOO_BIG");
    const message = historyOf(context, target).byId(msg_id);
    if (!message) throw refuse("MSG_ID_INVALID");
    checkFresh(context, message);
    return context.world.membersAmongAccounts(target).flatMap((reader) => {
      const id = isChannel(target) ? msg_id : (reader.idOf(message.origin) ?? Infinity);
      const date = reader.dialogs.get(peerKey(peerOf(target)))?.readDateOf(id);
      if (date === undefined || reader.accountId === context.account.id) return [];
      return [{ _: "readParticipantDate", user_id: BigInt(reader.accountId), date } as const];
    });
  },
  "messages.readHistory": ({ peer, max_id }, context) => {
    const target = targetOf(context, peer);
    if (target.kind === "supergroup" || target.kind === "channel") throw refuse("PEER_ID_INVALID");
    const mailbox = mailboxOf(context);
    const dialog = mailbox.dialogs.get(peerKey(peerOf(target)));
    const nothing = { _: "messages.affectedMessages" as const, pts: mailbox.journal.pts, pts_count: 0 };
    if (!dialog) return nothing;
    const maxId = markOf(dialog, max_id);
    if (maxId <= dialog.readInbox) return nothing;
    tellWriters(context, dialog, maxId);
    return { _: "messages.affectedMessages", pts: readInbox(context, dialog, maxId), pts_count: 1 };
  },
  "channels.readHistory": ({ channel: input, max_id }, context) => {
    const channel = channelOf(context, input);
    const mailbox = mailboxOf(context);
    const dialog = mailbox.dialogs.get(`channel:${channel.id}`);
    if (!dialog || markOf(dialog, max_id) <= dialog.readInbox) return false;
    const before = dialog.readInbox;
    markRead(context, dialog, markOf(dialog, max_id));
    tellChannelWriters(context, channel, before, dialog.readInbox);
    push(context, mailbox, dialog, {
      _: "updateReadChannelInbox",
      channel_id: BigInt(channel.id),
      max_id: dialog.readInbox,
      still_unread_count: dialog.unreadBy(context.account.id),
      pts: channel.journal.pts,
    });
    return true;
  },
} satisfies Handlers;
