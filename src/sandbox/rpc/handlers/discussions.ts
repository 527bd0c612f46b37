import { channelPeer } from "../../world/peer.js";
import { eraseInChannel } from "../../world/erase.js";
import { fromPlace } from "../../world/history.js";
import { Cast } from "../../world/present/cast.js";
import type { Handlers } from "../handler.js";
import { checkRight, note, tellChanged } from "./administer.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf, peerOf, targetOf } from "./resolve.js";
import { tell } from "./tell.js";

const DELETED_AT_ONCE = 100;

/** Channels and the groups that talk about them (core.telegram.org/api/discussion), and links to what was written. */
export const discussions = {
  "channels.getGroupsForDiscussion": (_, context) => {
    const { world, account } = context;
    const cast = new Cast(world, mailboxOf(context));
    for (const { id, kind, members, forum } of world.channels.values()) {
      if (kind === "supergroup" && !forum && members.get(account.id)?.role === "creator") cast.add(channelPeer(id));
    }
    return { _: "messages.chats", chats: cast.chats };
  },
  "channels.setDiscussionGroup": ({ broadcast, group: input }, context) => {
    const channel = broadcast._ === "inputChannelEmpty" ? undefined : channelOf(context, broadcast);
    const group = input._ === "inputChannelEmpty" ? undefined : channelOf(context, input);
    if (channel && channel.kind !== "channel") throw refuse("BROADCAST_ID_INVALID");
    if (group && (group.kind !== "supergroup" || group.forum)) throw refuse("MEGAGROUP_ID_INVALID");
    if (group?.hidesPast) throw refuse("MEGAGROUP_PREHISTORY_HIDDEN");
    for (const one of [channel, group]) if (one) checkRight(context, one, "change_info");
    const stays = (!channel || channel.linked === group) && (!group || group.linked === channel);
    if (stays) throw refuse("LINK_NOT_MODIFIED");
    const touched = new Set([channel, group, channel?.linked, group?.linked].flatMap((one) => one ?? []));
    const before = new Map([...touched].map((one) => [one, BigInt(one.linked?.id ?? 0)]));
    for (const one of touched) one.linked = undefined;
    if (channel && group) [channel.linked, group.linked] = [group, channel];
    for (const [one, prev_value] of before) {
      const new_value = BigInt(one.linked?.id ?? 0);
      note(context, one, { _: "channelAdminLogEventActionChangeLinkedChat", prev_value, new_value });
      tell(context, tellChanged(context, one));
    }
    context.world.forgetBuilt();
    return true;
  },
  "channels.exportMessageLink": ({ channel: input, id }, context) => {
    const channel = channelOf(context, input);
    if (!channel.history.byId(id)) throw refuse("MESSAGE_ID_INVALID");
    const link = `https://t.me/${channel.username ?? `c/${channel.id}`}/${id}`;
    return { _: "exportedMessageLink", link, html: "" };
  },
  "channels.deleteParticipantHistory": ({ channel: input, participant }, context) => {
    const channel = channelOf(context, input);
    checkRight(context, channel, "delete_messages");
    const { world, account } = context;
    const writer = peerOf(targetOf(context, participant));
    const ids = [...fromPlace(channel.history)]
      .filter(({ from }) => from?.kind === writer.kind && from.id === writer.id)
      .map(({ id }) => id);
    const { pts, pts_count, told } = eraseInChannel(world, channel, ids.slice(0, DELETED_AT_ONCE), account.id);
    tell(context, told);
    return { _: "messages.affectedHistory", pts, pts_count, offset: Math.max(0, ids.length - DELETED_AT_ONCE) };
  },
  "channels.getSendAs": ({ peer }, context) => {
    targetOf(context, peer);
    const cast = new Cast(context.world, mailboxOf(context)).addUser(context.account.id);
    const self = { _: "peerUser", user_id: BigInt(context.account.id) } as const;
    return {
      _: "channels.sendAsPeers",
      peers: [{ _: "sendAsPeer", peer: self }],
      chats: cast.chats,
      users: cast.users,
    };
  },
} satisfies Handlers;
