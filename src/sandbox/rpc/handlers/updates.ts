import type * as Tl from "../../tl/types.js";
import { sees } from "../../world/bot-sight.js";
import type { Channel } from "../../world/chat.js";
import type { Entry, Happening } from "../../world/journal.js";
import { Dialog } from "../../world/mailbox.js";
import type { Message } from "../../world/message.js";
import { channelPeer, peerKey, tlPeer, type Peer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import type { Handlers, RequestContext } from "../handler.js";
import { presentDialog } from "./dialogs.js";
import { refuse } from "./refuse.js";
import { channelOf, historyOf, mailboxOf } from "./resolve.js";
import { stateOf } from "./state.js";

/** Whoever is further behind in a channel is given its newest messages instead. */
const CHANNEL_REACH = 1000;
/** Events told in one answer; the rest follows when asked from there. */
const PAGE = 500;
const CHANNEL_PAGE = 100;

type Find = (id: number) => { readonly peer: Peer; readonly message: Message } | undefined;

interface Gathered {
  readonly new_messages: Tl.TypeMessage[];
  readonly other_updates: Tl.TypeUpdate[];
  readonly users: Tl.TypeUser[];
  readonly chats: Tl.TypeChat[];
}

/** Messages that were deleted since are left out: their deletion follows. */
function gather(context: RequestContext, entries: readonly Entry[], find: Find, channelId?: bigint): Gathered {
  const viewer = mailboxOf(context);
  const cast = new Cast(context.world, viewer);
  const new_messages: Tl.TypeMessage[] = [];
  const other_updates: Tl.TypeUpdate[] = [];
  const message = (id: number) => {
    const found = find(id);
    if (!found) return undefined;
    cast.add(found.peer).addMessage(found.message);
    return presentMessage(context.world, viewer, found.peer, found.message);
  };
  for (const { what, pts, count } of entries) {
    if (what.kind === "new") {
      const shown = message(what.id);
      if (shown) new_messages.push(shown);
    } else {
      const update = told(context, what, { pts, pts_count: count }, message, channelId);
      if (update) other_updates.push(update);
    }
  }
  return { new_messages, other_updates, users: cast.users, chats: cast.chats };
}

function told(
  context: RequestContext,
  what: Happening,
  at: { readonly pts: number; readonly pts_count: number },
  message: (id: number) => Tl.TypeMessage | undefined,
  channelId: bigint | undefined,
): Tl.TypeUpdate | undefined {
  switch (what.kind) {
    case "new":
      return undefined;
    case "edit": {
      const edited = message(what.id);
      const _ = channelId === undefined ? "updateEditMessage" : "updateEditChannelMessage";
      return edited && { _, message: edited, ...at };
    }
    case "delete":
      return channelId === undefined
        ? { _: "updateDeleteMessages", messages: what.ids, ...at }
        : { _: "updateDeleteChannelMessages", channel_id: channelId, messages: what.ids, ...at };
    case "pin":
    case "unpin": {
      const shared = { pinned: what.kind === "pin" || undefined, messages: what.ids, ...at };
      return channelId === undefined
        ? { _: "updatePinnedMessages", peer: tlPeer(what.peer), ...shared }
        : { _: "updatePinnedChannelMessages", channel_id: channelId, ...shared };
    }
    case "read-inbox": {
      const peer = tlPeer(what.peer);
      const still_unread_count = mailboxOf(context).dialogs.get(peerKey(what.peer))?.unreadBy(context.account.id) ?? 0;
      return { _: "updateReadHistoryInbox", peer, max_id: what.maxId, still_unread_count, ...at };
    }
    case "read-outbox":
      return { _: "updateReadHistoryOutbox", peer: tlPeer(what.peer), max_id: what.maxId, ...at };
  }
}

function difference(
  context: RequestContext,
  { pts, pts_total_limit }: Tl.updates_getDifferenceRequest,
): Tl.Typeupdates_Difference {
  if (pts <= 0) throw refuse("PERSISTENT_TIMESTAMP_EMPTY");
  const mailbox = mailboxOf(context);
  const state = stateOf(context);
  const entries = mailbox.journal.since(pts);
  if (!entries || entries.length > (pts_total_limit ?? Infinity)) {
    return { _: "updates.differenceTooLong", pts: state.pts };
  }
  if (entries.length === 0) return { _: "updates.differenceEmpty", date: state.date, seq: state.seq };
  const page = entries.slice(0, PAGE);
  const find: Find = (id) => {
    const found = mailbox.find(id);
    return found && { peer: found.dialog.peer, message: found.message };
  };
  const told = { ...gather(context, page, find), new_encrypted_messages: [] };
  if (page.length === entries.length) return { _: "updates.difference", ...told, state };
  const reached = { ...state, pts: page.at(-1)?.pts ?? pts };
  return { _: "updates.differenceSlice", ...told, intermediate_state: reached };
}

/** The chat as its list shows it and its newest messages, from which a client starts over. */
function tooLong(context: RequestContext, channel: Channel, limit: number): Tl.updates_channelDifferenceTooLong {
  const viewer = mailboxOf(context);
  const peer = channelPeer(channel.id);
  const dialog = viewer.dialogs.get(peerKey(peer)) ?? new Dialog(peer, channel.history);
  const cast = new Cast(context.world, viewer).add(peer);
  const messages: Tl.TypeMessage[] = [];
  for (let place = 0; place < Math.min(Math.max(1, limit), CHANNEL_PAGE); place++) {
    const message = dialog.history.at(place);
    if (!message) break;
    cast.addMessage(message);
    messages.push(presentMessage(context.world, viewer, peer, message));
  }
  const shown = { dialog: presentDialog(context, dialog), messages, chats: cast.chats, users: cast.users };
  return { _: "updates.channelDifferenceTooLong", final: true, ...shown };
}

export const updates = {
  "updates.getState": (_, context) => stateOf(context),
  "updates.getDifference": (request, context) => difference(context, request),
  "updates.getChannelDifference": ({ channel: input, pts, limit }, context) => {
    const channel = channelOf(context, input);
    const peer = channelPeer(channel.id);
    const entries = channel.journal.since(pts);
    if (pts <= 0) throw refuse("PERSISTENT_TIMESTAMP_EMPTY");
    if (!entries || entries.length > CHANNEL_REACH) return tooLong(context, channel, limit);
    if (entries.length === 0) {
      return { _: "updates.channelDifferenceEmpty", final: true, pts: channel.journal.pts };
    }
    const page = entries.slice(0, Math.min(Math.max(1, limit), CHANNEL_PAGE));
    const shown = historyOf(context, channel);
    const find: Find = (id) => {
      const message = shown.byId(id);
      const seen = message && sees(context.world, context.account.id, channel, message, channel.history);
      return seen ? { peer, message } : undefined;
    };
    const final = page.length === entries.length || undefined;
    const reached = page.at(-1)?.pts ?? pts;
    return {
      _: "updates.channelDifference",
      final,
      pts: reached,
      ...gather(context, page, find, BigInt(channel.id)),
    };
  },
} satisfies Handlers;
