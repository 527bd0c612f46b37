import type * as Tl from "../tl/types.js";
import type { Channel } from "./chat.js";
import { expel } from "./joining.js";
import type { Restriction } from "./members.js";
import { presentGone, presentMember, presentRestricted } from "./present/participant.js";
import { tellChannel, type Told } from "./told.js";
import type { World } from "./world.js";

/**
 * An admin's decision about one user: denying `view_messages` throws him out and keeps him out, denying something else leaves
 * him in with less rights, denying nothing lifts what was decided before (core.telegram.org/api/rights).
 */
export function restrict(world: World, channel: Channel, userId: number, decision: Restriction): Told[] {
  const prev_participant = standing(channel, userId);
  const told = carryOut(world, channel, userId, decision);
  const new_participant = standing(channel, userId) ?? presentGone(userId);
  channel.log.add(decision.by, {
    _: "channelAdminLogEventActionParticipantToggleBan",
    prev_participant: prev_participant ?? presentGone(userId),
    new_participant,
  });
  return told;
}

function carryOut(world: World, channel: Channel, userId: number, decision: Restriction): Told[] {
  const member = channel.members.get(userId);
  if (decision.denied.includes("view_messages")) {
    channel.banned.set(userId, decision);
    return member ? expel(world, channel, userId, decision.by) : [];
  }
  channel.banned.delete(userId);
  if (member) {
    const restriction = decision.denied.length > 0 ? decision : undefined;
    channel.members.add({ ...member, role: "member", rights: undefined, rank: undefined, restriction });
  }
  const mailbox = world.mailbox(userId);
  return mailbox ? [tellChannel(world, mailbox, channel.id)] : [];
}

/** How somebody stands to a chat, as its log tells it. */
export function standing(channel: Channel, userId: number): Tl.TypeChannelParticipant | undefined {
  const ban = channel.banOn(userId);
  if (ban) return presentRestricted(userId, ban, true);
  const member = channel.members.get(userId);
  return member && presentMember(channel, member, 0);
}
