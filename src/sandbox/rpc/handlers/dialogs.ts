import type * as Tl from "../../tl/types.js";
import { newest } from "../../world/history.js";
import type { Dialog } from "../../world/mailbox.js";
import { unseenMentions } from "../../world/mention.js";
import { peerKey, tlPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentDraft } from "../../world/present/draft.js";
import { presentMessage } from "../../world/present/message.js";
import type { Handlers, RequestContext } from "../handler.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";
import { notifySettings } from "./settings.js";
import { stateOf } from "./state.js";

const PAGE_LIMIT = 100;

type Request = Tl.messages_getDialogsRequest;

/** A place in the list: date and id of the last message. The peer settles the order of equals. */
interface Rank {
  readonly date: number;
  readonly id: number;
  readonly key: string;
}

function rankOf({ history, peer }: Dialog): Rank {
  const top = newest(history);
  return { date: top?.date ?? 0, id: top?.id ?? 0, key: peerKey(peer) };
}

const byRank = (a: Rank, b: Rank): number => b.date - a.date || b.id - a.id || (a.key < b.key ? -1 : 1);

/** The chats that have something in them: pinned ones in their order, then the latest first. */
function ordered(context: RequestContext, folder: number | undefined): Dialog[] {
  const shown = [...mailboxOf(context).dialogs.values()].filter(
    (dialog) => newest(dialog.history) !== undefined && (folder === undefined || dialog.folder === folder),
  );
  const pinned = shown.filter((dialog) => dialog.pinned > 0).sort((a, b) => a.pinned - b.pinned);
  const ranked = shown.filter((dialog) => dialog.pinned === 0).map((dialog) => ({ dialog, rank: rankOf(dialog) }));
  return [...pinned, ...ranked.sort((a, b) => byRank(a.rank, b.rank)).map(({ dialog }) => dialog)];
}

/** How many of the list come before the offset and are not given again. */
function placeAfter(context: RequestContext, list: readonly Dialog[], request: Request): number {
  const { offset_date, offset_id, offset_peer } = request;
  if (offset_date === 0 && offset_id === 0) return 0;
  const key = offset_peer._ === "inputPeerEmpty" ? "" : peerKey(peerOf(targetOf(context, offset_peer)));
  const pinned = list.findIndex((dialog) => dialog.pinned > 0 && peerKey(dialog.peer) === key);
  if (pinned >= 0) return pinned + 1;
  const after = list.findIndex((dialog) => dialog.pinned === 0 && comesAfter(rankOf(dialog), request, key));
  return after < 0 ? list.length : after;
}

function comesAfter(rank: Rank, { offset_date, offset_id }: Request, key: string): boolean {
  const date = offset_date || Number.MAX_SAFE_INTEGER;
  if (rank.date !== date) return offset_date === 0 ? rank.id < offset_id : rank.date < date;
  return offset_id === 0 ? false : rank.id < offset_id || (rank.id === offset_id && rank.key > key);
}

export function presentDialog(context: RequestContext, dialog: Dialog): Tl.dialog {
  const draft = mailboxOf(context).drafts.get(dialog.peer);
  const channel = dialog.peer.kind === "channel" ? context.world.channels.get(dialog.peer.id) : undefined;
  return {
    _: "dialog",
    pinned: dialog.pinned > 0 || undefined,
    peer: tlPeer(dialog.peer),
    top_message: newest(dialog.history)?.id ?? 0,
    read_inbox_max_id: dialog.readInbox,
    read_outbox_max_id: dialog.readOutbox,
    unread_count: dialog.unreadBy(context.account.id),
    unread_mentions_count: unseenMentions(context.world, dialog, context.account.id).length,
    unread_mark: dialog.unreadMark || undefined,
    unread_reactions_count: 0,
    notify_settings: notifySettings(dialog),
    pts: channel?.journal.pts,
    draft: draft && presentDraft(draft),
    ttl_period: periodIn(context, dialog) || undefined,
    folder_id: dialog.folder === 0 ? undefined : dialog.folder,
  };
}

function periodIn({ world }: RequestContext, { peer, ttlPeriod }: Dialog): number {
  const chat = peer.kind === "chat" ? world.groups.get(peer.id) : world.channels.get(peer.id);
  return peer.kind === "user" ? ttlPeriod : (chat?.ttlPeriod ?? 0);
}

function answer(context: RequestContext, list: readonly Dialog[]) {
  const viewer = mailboxOf(context);
  const cast = new Cast(context.world, viewer);
  const messages: Tl.TypeMessage[] = [];
  for (const { peer, history } of list) {
    cast.add(peer);
    const top = newest(history);
    if (!top) continue;
    cast.addMessage(top);
    messages.push(presentMessage(context.world, viewer, peer, top));
  }
  const dialogs = list.map((dialog) => presentDialog(context, dialog));
  return { dialogs, messages, chats: cast.chats, users: cast.users };
}

export const dialogs = {
  "messages.getDialogs": (request, context) => {
    const all = ordered(context, request.folder_id);
    const list = request.exclude_pinned ? all.filter((dialog) => dialog.pinned === 0) : all;
    const from = placeAfter(context, list, request);
    const page = list.slice(from, from + Math.min(Math.max(request.limit, 0), PAGE_LIMIT));
    const shown = answer(context, page);
    if (page.length === list.length) return { _: "messages.dialogs", ...shown };
    return { _: "messages.dialogsSlice", count: list.length, ...shown };
  },
  "messages.getPinnedDialogs": ({ folder_id }, context) => {
    const list = ordered(context, folder_id).filter((dialog) => dialog.pinned > 0 && dialog.folder === folder_id);
    return { _: "messages.peerDialogs", ...answer(context, list), state: stateOf(context) };
  },
  "messages.getPeerDialogs": ({ peers }, context) => {
    const list = peers.flatMap((one) => {
      if (one._ !== "inputDialogPeer") return [];
      const peer = peerOf(targetOf(context, one.peer));
      const mailbox = mailboxOf(context);
      // Also of somebody whom the account has never written to; not of a channel that it is not in.
      return peer.kind === "channel" ? (mailbox.dialogs.get(peerKey(peer)) ?? []) : mailbox.dialogWith(peer);
    });
    return { _: "messages.peerDialogs", ...answer(context, list), state: stateOf(context) };
  },
} satisfies Handlers;
