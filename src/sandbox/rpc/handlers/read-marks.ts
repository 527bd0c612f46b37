import type * as Tl from "../../tl/types.js";
import type { Dialog, Mailbox } from "../../world/mailbox.js";
import { peerKey, tlPeer, userPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf, peerOf, targetOf } from "./resolve.js";

/** 0 means all. */
const markOf = (dialog: Dialog, maxId: number): number =>
  maxId > 0 ? Math.min(maxId, dialog.history.highestId) : dialog.history.highestId;

function push(context: RequestContext, viewer: Mailbox, dialog: Dialog, update: Tl.TypeUpdate): void {
  const cast = new Cast(context.world, viewer).add(dialog.peer);
  context.push(context.world.account(viewer.accountId), updatesOf(cast, [update]));
}

function readInbox(context: RequestContext, dialog: Dialog, maxId: number): number {
  const mailbox = mailboxOf(context);
  dialog.readInbox = maxId;
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

/** The other one in a private chat sees that his messages were read. */
function tellWriter(context: RequestContext, dialog: Dialog, maxId: number): void {
  const writer = dialog.peer.kind === "user" ? context.world.mailbox(dialog.peer.id) : undefined;
  const his = writer?.dialogs.get(peerKey(userPeer(context.account.id)));
  if (!writer || !his || writer.accountId === context.account.id) return;
  const lastRead = dialog.history.at(dialog.history.placeBelow(maxId + 1));
  const max_id = writer.idOf(lastRead?.origin) ?? 0;
  if (max_id <= his.readOutbox) return;
  his.readOutbox = max_id;
  const pts = writer.journal.record(1, { kind: "read-outbox", peer: his.peer, maxId: max_id });
  push(context, writer, his, { _: "updateReadHistoryOutbox", peer: tlPeer(his.peer), max_id, pts, pts_count: 1 });
}

export const readMarks = {
  "messages.readHistory": ({ peer, max_id }, context) => {
    const target = targetOf(context, peer);
    if (target.kind === "supergroup" || target.kind === "channel") throw refuse("PEER_ID_INVALID");
    const mailbox = mailboxOf(context);
    const dialog = mailbox.dialogs.get(peerKey(peerOf(target)));
    const nothing = { _: "messages.affectedMessages" as const, pts: mailbox.journal.pts, pts_count: 0 };
    if (!dialog) return nothing;
    const maxId = markOf(dialog, max_id);
    if (maxId <= dialog.readInbox) return nothing;
    tellWriter(context, dialog, maxId);
    return { _: "messages.affectedMessages", pts: readInbox(context, dialog, maxId), pts_count: 1 };
  },
  "channels.readHistory": ({ channel: input, max_id }, context) => {
    const channel = channelOf(context, input);
    const mailbox = mailboxOf(context);
    const dialog = mailbox.dialogs.get(`channel:${channel.id}`);
    if (!dialog || markOf(dialog, max_id) <= dialog.readInbox) return false;
    dialog.readInbox = markOf(dialog, max_id);
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
