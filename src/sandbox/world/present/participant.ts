import type * as Tl from "../../tl/types.js";
import type { Channel } from "../chat.js";
import type { Member, Restriction } from "../members.js";
import { tlPeer, userPeer } from "../peer.js";
import { adminRights, restrictionRights } from "./rights.js";

/** A member of a supergroup or channel, as the account with the id `viewer` sees him. */
export function presentMember(channel: Channel, member: Member, viewer: number): Tl.TypeChannelParticipant {
  if (member.role === "member") return presentPlain(channel, member, viewer);
  const user_id = BigInt(member.userId);
  const admin_rights = adminRights(channel.kind, member);
  if (member.role === "creator") return { _: "channelParticipantCreator", user_id, admin_rights, rank: member.rank };
  const self = member.userId === viewer;
  const inviter_id = BigInt(member.invitedBy ?? member.userId);
  return {
    _: "channelParticipantAdmin",
    user_id,
    // These two share a flag bit.
    self: self || undefined,
    inviter_id: self ? inviter_id : undefined,
    promoted_by: inviter_id,
    date: member.since,
    admin_rights,
    rank: member.rank,
  };
}

function presentPlain(channel: Channel, member: Member, viewer: number): Tl.TypeChannelParticipant {
  const user_id = BigInt(member.userId);
  const date = member.since;
  const restriction = channel.restrictionOn(member.userId);
  if (restriction) return presentRestricted(member.userId, restriction, false);
  if (member.userId !== viewer) return { _: "channelParticipant", user_id, date };
  return { _: "channelParticipantSelf", user_id, inviter_id: BigInt(member.invitedBy ?? member.userId), date };
}

/** @param left whether he is no longer in the chat */
export const presentRestricted = (
  userId: number,
  restriction: Restriction,
  left: boolean,
): Tl.channelParticipantBanned => ({
  _: "channelParticipantBanned",
  left: left || undefined,
  peer: tlPeer(userPeer(userId)),
  kicked_by: BigInt(restriction.by),
  date: restriction.date,
  banned_rights: restrictionRights(restriction),
});

/** Somebody who is not in the chat, and may be. */
export const presentGone = (userId: number): Tl.channelParticipantLeft => ({
  _: "channelParticipantLeft",
  peer: tlPeer(userPeer(userId)),
});
