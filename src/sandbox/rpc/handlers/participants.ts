import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { eachMember, mayManage, type Member } from "../../world/members.js";
import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { adminRights } from "../../world/present/rights.js";
import { fullName } from "../../world/users.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf, peerOf, targetOf } from "./resolve.js";

/** Members given in one answer. */
const PAGE_LIMIT = 200;
/** How far the list can be followed, however many members there are. */
const REACH = 10_000;
/** How many members a search finds. */
const SEARCH_REACH = 200;

type Filter = Tl.TypeChannelParticipantsFilter;

interface Found {
  readonly count: number;
  readonly members: readonly Member[];
}

function present(context: RequestContext, channel: Channel, member: Member): Tl.TypeChannelParticipant {
  const user_id = BigInt(member.userId);
  const inviter_id = BigInt(member.invitedBy ?? member.userId);
  const self = member.userId === context.account.id;
  const admin_rights = adminRights(channel.kind, member.role);
  if (member.role === "creator") return { _: "channelParticipantCreator", user_id, admin_rights, rank: member.rank };
  if (member.role === "admin") {
    const who = {
      user_id,
      inviter_id: self ? inviter_id : undefined,
      promoted_by: inviter_id,
      self: self || undefined,
    };
    return { _: "channelParticipantAdmin", ...who, date: member.since, admin_rights, rank: member.rank };
  }
  if (self) return { _: "channelParticipantSelf", user_id, inviter_id, date: member.since };
  return { _: "channelParticipant", user_id, date: member.since };
}

function answer(context: RequestContext, channel: Channel, found: Found): Tl.channels_channelParticipants {
  const cast = new Cast(context.world, mailboxOf(context)).add(channelPeer(channel.id));
  for (const { userId } of found.members) cast.addUser(userId);
  return {
    _: "channels.channelParticipants",
    count: found.count,
    participants: found.members.map((member) => present(context, channel, member)),
    chats: cast.chats,
    users: cast.users,
  };
}

function recent(channel: Channel, offset: number, limit: number): Found {
  const members: Member[] = [];
  for (let place = offset; place < Math.min(offset + limit, REACH); place++) {
    const member = channel.members.at(place);
    if (member) members.push(member);
  }
  return { count: channel.members.count, members };
}

function matching(channel: Channel, reach: number, wanted: (member: Member) => boolean): Member[] {
  const members: Member[] = [];
  for (const member of eachMember(channel.members)) {
    if (members.length === reach) break;
    if (wanted(member)) members.push(member);
  }
  return members;
}

/** Telegram looks at the beginnings of the words of a name, and at the username. */
function answersTo(context: RequestContext, q: string): (member: Member) => boolean {
  const text = q.trim().toLowerCase();
  return ({ userId }) => {
    const user = context.world.users.get(userId);
    if (!user) return false;
    const name = fullName(user).toLowerCase();
    const begins = name.startsWith(text) || name.includes(` ${text}`);
    return begins || (user.username?.toLowerCase().startsWith(text.replace(/^@/, "")) ?? false);
  };
}

function chosen(context: RequestContext, channel: Channel, filter: Filter): readonly Member[] {
  switch (filter._) {
    case "channelParticipantsAdmins":
      return channel.members.managers();
    case "channelParticipantsBots":
      return matching(channel, SEARCH_REACH, ({ userId }) => context.world.users.get(userId)?.bot === true);
    case "channelParticipantsContacts":
      return matching(channel, SEARCH_REACH, ({ userId }) => mailboxOf(context).contacts.has(userId));
    case "channelParticipantsSearch":
    case "channelParticipantsMentions":
      return matching(channel, SEARCH_REACH, answersTo(context, filter.q ?? ""));
    default:
      return [];
  }
}

const wantsAll = (filter: Filter): boolean =>
  filter._ === "channelParticipantsRecent" || (filter._ === "channelParticipantsSearch" && filter.q.trim() === "");

/** The members of a broadcast channel are shown to its admins only. */
function checkMayList(context: RequestContext, channel: Channel): void {
  const self = channel.members.get(context.account.id);
  if (channel.kind === "channel" && !mayManage(self)) throw refuse("CHAT_ADMIN_REQUIRED");
}

export const participants = {
  "channels.getParticipants": ({ channel: input, filter, offset, limit }, context) => {
    const channel = channelOf(context, input);
    checkMayList(context, channel);
    const from = Math.max(0, offset);
    const many = Math.min(Math.max(0, limit), PAGE_LIMIT);
    if (wantsAll(filter)) return answer(context, channel, recent(channel, from, many));
    const all = chosen(context, channel, filter);
    return answer(context, channel, { count: all.length, members: all.slice(from, from + many) });
  },
  "channels.getParticipant": ({ channel: input, participant }, context) => {
    const channel = channelOf(context, input);
    const peer = peerOf(targetOf(context, participant));
    if (peer.kind !== "user") throw refuse("PARTICIPANT_ID_INVALID");
    if (peer.id !== context.account.id) checkMayList(context, channel);
    const member = channel.members.get(peer.id);
    if (!member) throw refuse("USER_NOT_PARTICIPANT");
    const cast = new Cast(context.world, mailboxOf(context)).add(channelPeer(channel.id)).addUser(peer.id);
    const shown = present(context, channel, member);
    return { _: "channels.channelParticipant", participant: shown, chats: cast.chats, users: cast.users };
  },
} satisfies Handlers;
