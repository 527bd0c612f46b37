import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { mayManage } from "../../world/members.js";
import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentBot } from "../../world/present/bot.js";
import { presentPhoto } from "../../world/present/media.js";
import { presentChat } from "../../world/present/chat.js";
import type { Handlers, RequestContext } from "../handler.js";
import { kickedCount, restrictedCount } from "./banned.js";
import { channelOf, mailboxOf } from "./resolve.js";
import { notifySettings } from "./settings.js";

function full(context: RequestContext, channel: Channel) {
  const self = channel.members.get(context.account.id);
  const dialog = mailboxOf(context).dialogs.get(`channel:${channel.id}`);
  const manages = mayManage(self);
  return {
    _: "channelFull",
    id: BigInt(channel.id),
    about: channel.about,
    can_view_participants: channel.membersShownTo(context.account.id) || undefined,
    participants_hidden: channel.hidesMembers || undefined,
    can_set_username: self?.role === "creator" || undefined,
    hidden_prehistory: channel.hidesPast || undefined,
    has_scheduled: context.world.schedule.of(context.account.id, channelPeer(channel.id)).length > 0 || undefined,
    can_delete_channel: self?.role === "creator" || undefined,
    participants_count: channel.members.count,
    admins_count: manages ? channel.members.managers().length : undefined,
    // These two share a flag bit.
    kicked_count: manages ? kickedCount(channel) : undefined,
    banned_count: manages ? restrictedCount(channel) : undefined,
    read_inbox_max_id: dialog?.readInbox ?? 0,
    read_outbox_max_id: dialog?.readOutbox ?? 0,
    unread_count: dialog?.unreadBy(context.account.id) ?? 0,
    chat_photo: channel.photo ? presentPhoto(context.world, channel.photo) : { _: "photoEmpty", id: 0n },
    notify_settings: notifySettings(dialog),
    bot_info: botsIn(context, channel),
    pinned_msg_id: channel.pinned[0],
    folder_id: dialog && dialog.folder > 0 ? dialog.folder : undefined,
    ...slowMode(context, channel),
    ...migration(context, channel),
    available_reactions: channel.reactions ?? { _: "chatReactionsAll", allow_custom: true },
    linked_chat_id: channel.linked && BigInt(channel.linked.id),
    ttl_period: channel.ttlPeriod || undefined,
    pts: channel.journal.pts,
  } satisfies Tl.channelFull;
}

/** The basic group that it was, and the last message of that; these two share a flag bit. */
function migration(context: RequestContext, { migratedFrom }: Channel) {
  if (migratedFrom === undefined) return {};
  const past = mailboxOf(context).dialogs.get(`chat:${migratedFrom}`);
  return past ? { migrated_from_chat_id: BigInt(migratedFrom), migrated_from_max_id: past.history.highestId } : {};
}

/** How long members wait from one message to the next, and when this one may write again. */
function slowMode({ account, now }: RequestContext, channel: Channel) {
  if (channel.slowModeSeconds === 0) return {};
  const next = (channel.lastWrote.get(account.id) ?? 0) + channel.slowModeSeconds;
  const waits = next > now / 1000 && !mayManage(channel.members.get(account.id));
  return { slowmode_seconds: channel.slowModeSeconds, slowmode_next_send_date: waits ? next : undefined };
}

/** How many members are looked at for bots: nobody reads them out of a very large group. */
const BOT_REACH = 1000;

function botsIn({ world, account }: RequestContext, { id, kind, members }: Channel): Tl.botInfo[] {
  const shown = { to: account.id, in: "group", peer: `channel:${id}` } as const;
  const bots: Tl.botInfo[] = [];
  for (let place = 0; kind === "supergroup" && place < Math.min(members.count, BOT_REACH); place++) {
    const user = world.users.get(members.at(place)?.userId ?? 0);
    if (user?.bot) bots.push(presentBot(world, user, shown));
  }
  return bots;
}

export const channels = {
  "channels.getChannels": ({ id }, context) => {
    const mailbox = mailboxOf(context);
    const found = id.map((one) => channelOf(context, one));
    return { _: "messages.chats", chats: found.map((channel) => presentChat(context.world, mailbox, channel)) };
  },
  "channels.getFullChannel": ({ channel: input }, context) => {
    const channel = channelOf(context, input);
    const cast = new Cast(context.world, mailboxOf(context)).add(channelPeer(channel.id));
    if (channel.linked) cast.add(channelPeer(channel.linked.id));
    const full_chat = full(context, channel);
    for (const { user_id } of full_chat.bot_info) cast.addUser(Number(user_id));
    return { _: "messages.chatFull", full_chat, chats: cast.chats, users: cast.users };
  },
} satisfies Handlers;
