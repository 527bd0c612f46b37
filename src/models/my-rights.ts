import type { Api } from "telegram";
import { toPowers, type Powers } from "./admin-rights.js";
import { bannedUntil, type Role } from "./participant.js";
import { present } from "./present.js";

/** What this account may do in a chat. */
export interface MyRights extends Powers {
  readonly role: Role;
  /** Write messages. */
  readonly canSend: boolean;
  readonly canSendMedia: boolean;
  /** ISO time until which the account is restricted or banned; absent otherwise, and where it is for good. */
  readonly bannedUntil?: string;
}

type Can = Omit<MyRights, "role" | "bannedUntil">;

const all = (can: boolean): Can => ({
  canSend: can,
  canSendMedia: can,
  canChangeInfo: can,
  canPost: can,
  canEdit: can,
  canDelete: can,
  canBan: can,
  canInvite: can,
  canPin: can,
  canAddAdmins: can,
  canManageCalls: can,
  canManageTopics: can,
});

/** In a private chat both may delete and pin; there is nobody to invite, ban or promote. */
export const rightsWithUser = ({ deleted }: Api.User): MyRights => ({
  ...all(false),
  role: "member",
  canSend: !deleted,
  canSendMedia: !deleted,
  canDelete: true,
  canPin: !deleted,
});

export function rightsInGroup(chat: Api.TypeChat): MyRights {
  switch (chat.className) {
    case "Chat":
      if (chat.left || chat.deactivated) return { ...all(false), role: "left" };
      return inside(chat, all(true));
    case "Channel":
      return inChannel(chat);
    case "ChannelForbidden": {
      const { untilDate = 0 } = chat;
      return { ...all(false), role: "banned", ...present({ bannedUntil: bannedUntil({ untilDate }) }) };
    }
    default:
      return { ...all(false), role: "left" };
  }
}

function inChannel(chat: Api.Channel): MyRights {
  if (chat.bannedRights?.viewMessages) {
    return { ...all(false), role: "banned", ...present({ bannedUntil: bannedUntil(chat.bannedRights) }) };
  }
  if (chat.left) return { ...all(false), role: "left" };
  const creator = chat.broadcast ? all(true) : { ...all(true), canPost: false, canEdit: false };
  return inside(chat, creator);
}

function inside(chat: Api.Chat | Api.Channel, creator: Can): MyRights {
  if (chat.creator) return { ...creator, role: "creator" };
  const isBroadcast = chat.className === "Channel" && chat.broadcast === true;
  const own = chat.className === "Channel" ? chat.bannedRights : undefined;
  const can = isBroadcast ? all(false) : allowed([chat.defaultBannedRights, own]);
  if (chat.adminRights) {
    const rights = toPowers(chat.adminRights);
    const mayWrite = isBroadcast ? rights.canPost : true;
    return { ...rights, canSend: mayWrite, canSendMedia: mayWrite, role: "admin" };
  }
  if (!own) return { ...can, role: "member" };
  return { ...can, role: "restricted", ...present({ bannedUntil: bannedUntil(own) }) };
}

/**
 * What members may do unless the chat's rules or a restriction of their own forbid it. A flag that is not set is `false`, and
 * who may write nothing may send no media either (core.telegram.org/constructor/chatBannedRights).
 */
function allowed(bans: readonly (Api.TypeChatBannedRights | undefined)[]): Can {
  const none = (forbidden: (ban: Api.TypeChatBannedRights) => boolean | undefined): boolean =>
    !bans.some((ban) => ban && forbidden(ban));
  return {
    ...all(false),
    canSend: none(({ sendMessages, sendPlain }) => sendMessages || sendPlain),
    canSendMedia: none(({ sendMessages, sendMedia }) => sendMessages || sendMedia),
    canChangeInfo: none(({ changeInfo }) => changeInfo),
    canInvite: none(({ inviteUsers }) => inviteUsers),
    canPin: none(({ pinMessages }) => pinMessages),
    canManageTopics: none(({ manageTopics }) => manageTopics),
  };
}
