import type * as Tl from "../../tl/types.js";
import { admit } from "../../world/joining.js";
import { hasRight, type AdminRight, type Member } from "../../world/members.js";
import type { Channel } from "../../world/chat.js";
import { tlPeer } from "../../world/peer.js";
import { peerOfChat } from "../../world/present/cast.js";
import { presentMember } from "../../world/present/participant.js";
import { adminRights, defaultBannedRights } from "../../world/present/rights.js";
import { tellChannel, tellOf, type Told } from "../../world/told.js";
import type { User } from "../../world/users.js";
import type { Handlers, RequestContext } from "../handler.js";
import { chatAt, checkIsCreator, checkRight, note, standingGroup } from "./administer.js";
import { checkMayBeAdded, letsHimselfBeAdded } from "./may-invite.js";
import { forbid, refuse } from "./refuse.js";
import { channelOf, userOf } from "./resolve.js";
import { denials } from "./rights-given.js";
import { tell } from "./tell.js";

const MOST_ADMINS = 50;
const LONGEST_RANK = 16;
const EMOJI = /\p{Extended_Pictographic}/u;

const given = (rights: Tl.TypeChatAdminRights): AdminRight[] =>
  Object.entries(rights).flatMap(([name, set]) => (set === true ? [name as AdminRight] : []));

/** @throws USER_CREATOR, CHAT_ADMIN_REQUIRED, RIGHT_FORBIDDEN, ADMIN_RANK_INVALID, ADMIN_RANK_EMOJI_NOT_ALLOWED, ADMINS_TOO_MUCH */
function checkMayPromote(
  { account }: RequestContext,
  channel: Channel,
  member: Member | undefined,
  rights: readonly AdminRight[],
  rank: string,
): void {
  const self = channel.members.get(account.id);
  if (!hasRight(self, "add_admins")) throw forbid("CHAT_ADMIN_REQUIRED");
  if (member?.role === "creator" && self?.role !== "creator") throw refuse("USER_CREATOR");
  const isMine = self?.role === "creator" || member?.role !== "admin" || member.invitedBy === account.id;
  if (!isMine) throw forbid("CHAT_ADMIN_REQUIRED");
  if (self?.role !== "creator" && !rights.every((right) => holds(channel, self, right)))
    throw forbid("RIGHT_FORBIDDEN");
  if (rank.length > LONGEST_RANK) throw refuse("ADMIN_RANK_INVALID");
  if (EMOJI.test(rank)) throw refuse("ADMIN_RANK_EMOJI_NOT_ALLOWED");
  const isNew = member?.role === undefined || member.role === "member";
  if (isNew && rights.length > 0 && channel.members.managers().length > MOST_ADMINS) throw refuse("ADMINS_TOO_MUCH");
}

/** Nobody gives away what he has not. */
const holds = ({ kind }: Channel, self: Member | undefined, right: AdminRight): boolean =>
  self !== undefined && adminRights(kind, self)[right] === true;

/** Who is not in the chat yet is brought in. @throws USER_PRIVACY_RESTRICTED and what speaks against adding him */
function bringIn(context: RequestContext, channel: Channel, user: User): Told[] {
  if (channel.members.get(user.id)) return [];
  checkRight(context, channel, "invite_users");
  // A channel may have bots as admins, and only so.
  if (!user.bot) checkMayBeAdded(context, channel, user);
  if (!letsHimselfBeAdded(context, user.id)) throw forbid("USER_PRIVACY_RESTRICTED");
  return admit(context.world, channel, user.id, { by: "invitation", inviter: context.account.id });
}

/** core.telegram.org/api/rights */
export const admins = {
  "channels.editAdmin": ({ channel: input, user_id, admin_rights, rank }, context) => {
    const channel = channelOf(context, input);
    const user = userOf(context, user_id);
    const rights = given(admin_rights);
    checkMayPromote(context, channel, channel.members.get(user.id), rights, rank);
    const brought = rights.length > 0 ? bringIn(context, channel, user) : [];
    const member = channel.members.get(user.id);
    if (!member) throw refuse("USER_NOT_PARTICIPANT");
    const prev_participant = presentMember(channel, member, 0);
    const after = promoted(context, member, rights, rank);
    channel.members.add(after);
    const new_participant = presentMember(channel, after, 0);
    const deed = { _: "channelAdminLogEventActionParticipantToggleAdmin" } as const;
    note(context, channel, { ...deed, prev_participant, new_participant });
    const viewer = context.world.mailbox(user.id);
    return tell(context, [...brought, ...(viewer ? [tellChannel(context.world, viewer, channel.id)] : [])]);
  },
  "messages.editChatAdmin": ({ chat_id, user_id, is_admin }, context) => {
    const group = standingGroup(context, chat_id);
    checkIsCreator(context, group);
    const member = group.members.get(userOf(context, user_id).id);
    if (!member) throw refuse("USER_NOT_PARTICIPANT");
    if (member.role === "creator") throw refuse("USER_CREATOR");
    group.members.add({ ...member, role: is_admin ? "admin" : "member" });
    group.version += 1;
    const update = {
      _: "updateChatParticipantAdmin",
      chat_id,
      user_id: BigInt(member.userId),
      is_admin,
      version: group.version,
    } as const;
    tell(
      context,
      context.world.membersAmongAccounts(group).map((one) => tellOf(context.world, one, peerOfChat(group), update)),
    );
    return true;
  },
  "messages.editChatDefaultBannedRights": ({ peer, banned_rights }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "ban_users");
    if (chat.kind === "channel") throw refuse("PEER_ID_INVALID");
    if (banned_rights.view_messages) throw refuse("BANNED_RIGHTS_INVALID");
    const denied = denials(banned_rights);
    if (sameSet(denied, chat.denied)) throw refuse("CHAT_NOT_MODIFIED");
    const [prev_banned_rights, new_banned_rights] = [defaultBannedRights(chat.denied), defaultBannedRights(denied)];
    const deed = { _: "channelAdminLogEventActionDefaultBannedRights" } as const;
    note(context, chat, { ...deed, prev_banned_rights, new_banned_rights });
    chat.denied = denied;
    const version = chat.kind === "group" ? (chat.version += 1) : 0;
    const update = {
      _: "updateChatDefaultBannedRights",
      peer: tlPeer(peerOfChat(chat)),
      default_banned_rights: defaultBannedRights(denied),
      version,
    } as const;
    const { world } = context;
    return tell(
      context,
      world.membersAmongAccounts(chat).map((one) => tellOf(world, one, peerOfChat(chat), update)),
    );
  },
} satisfies Handlers;

/** With no rights he is a member like the others. */
function promoted({ account }: RequestContext, member: Member, rights: readonly AdminRight[], rank: string): Member {
  const title = rank === "" ? undefined : rank;
  if (member.role === "creator") return { ...member, rank: title };
  if (rights.length === 0) return { ...member, role: "member", rights: undefined, rank: undefined };
  return { ...member, role: "admin", rights, rank: title, invitedBy: account.id, restriction: undefined };
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));
