import type * as Tl from "../../tl/types.js";
import type { Group } from "../../world/chat.js";
import { eachMember } from "../../world/members.js";
import { presentBot } from "../../world/present/bot.js";
import { Cast, peerOfChat } from "../../world/present/cast.js";
import { presentPhoto } from "../../world/present/media.js";
import { presentChat } from "../../world/present/chat.js";
import type { Handlers, RequestContext } from "../handler.js";
import { notifySettings, pinnedIn } from "./settings.js";
import { groupOf, mailboxOf } from "./resolve.js";

function participants(context: RequestContext, group: Group): Tl.TypeChatParticipants {
  const chat_id = BigInt(group.id);
  if (!group.members.get(context.account.id)) return { _: "chatParticipantsForbidden", chat_id };
  const list = [...eachMember(group.members)].map((member): Tl.TypeChatParticipant => {
    const user_id = BigInt(member.userId);
    if (member.role === "creator") return { _: "chatParticipantCreator", user_id };
    const _ = member.role === "admin" ? "chatParticipantAdmin" : "chatParticipant";
    return { _, user_id, inviter_id: BigInt(member.invitedBy ?? member.userId), date: member.since };
  });
  return { _: "chatParticipants", chat_id, participants: list, version: group.version };
}

function full(context: RequestContext, group: Group): Tl.chatFull {
  const dialog = mailboxOf(context).dialogs.get(`chat:${group.id}`);
  return {
    _: "chatFull",
    id: BigInt(group.id),
    about: group.about,
    chat_photo: group.photo && presentPhoto(context.world, group.photo),
    available_reactions: group.reactions ?? { _: "chatReactionsAll", allow_custom: true },
    participants: participants(context, group),
    notify_settings: notifySettings(dialog),
    bot_info: botsIn(context, group),
    ttl_period: group.ttlPeriod || undefined,
    pinned_msg_id: dialog && pinnedIn(dialog.history),
  };
}

function botsIn({ world, account }: RequestContext, { id, members }: Group): Tl.botInfo[] {
  const shown = { to: account.id, in: "group", peer: `chat:${id}` } as const;
  return [...eachMember(members)].flatMap(({ userId }) => {
    const user = world.users.get(userId);
    return user?.bot ? [presentBot(world, user, shown)] : [];
  });
}

/** Basic groups. */
export const chats = {
  "messages.getChats": ({ id }, context) => {
    const groups = id.map((one) => groupOf(context, one, "CHAT_ID_INVALID"));
    return {
      _: "messages.chats",
      chats: groups.map((group) => presentChat(context.world, mailboxOf(context), group)),
    };
  },
  "messages.getFullChat": ({ chat_id }, context) => {
    const group = groupOf(context, chat_id, "CHAT_ID_INVALID");
    const cast = new Cast(context.world, mailboxOf(context)).add(peerOfChat(group));
    for (const { userId } of eachMember(group.members)) cast.addUser(userId);
    return {
      _: "messages.chatFull",
      full_chat: full(context, group),
      chats: cast.chats,
      users: cast.users,
    };
  },
} satisfies Handlers;
