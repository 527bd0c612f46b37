import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { eachMember, mayManage, type Member } from "../../world/members.js";
import { membersNamed } from "../../world/name-index.js";
import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMember, presentRestricted } from "../../world/present/participant.js";
import type { Handlers, RequestContext } from "../handler.js";
import { removed } from "./banned.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf, peerOf, targetOf } from "./resolve.js";

/** Members given in one answer. */
const PAGE_LIMIT = 200;
/** How far the list can be followed, however many members there are. */
const REACH = 10_000;
/** How many members a search finds. */
const SEARCH_REACH = 200;

type Filter = Tl.TypeChannelParticipantsFilter;
type Shown = Tl.TypeChannelParticipant;

interface Found {
  readonly count: number;
  readonly people: readonly number[];
  readonly shown: readonly Shown[];
}

function found(context: RequestContext, channel: Channel, members: readonly Member[], count: number): Found {
  const shown = members.map((member) => presentMember(channel, member, context.account.id));
  return { count, shown, people: members.map(({ userId }) => userId) };
}

function answer(context: RequestContext, channel: Channel, { count, people, shown }: Found) {
  const cast = new Cast(context.world, mailboxOf(context)).add(channelPeer(channel.id));
  for (const id of people) cast.addUser(id);
  const sent = { count, participants: shown, chats: cast.chats, users: cast.users };
  return { _: "channels.channelParticipants", ...sent } satisfies Tl.channels_channelParticipants;
}

function recent(channel: Channel, offset: number, limit: number): Member[] {
  const members: Member[] = [];
  for (let place = offset; place < Math.min(offset + limit, REACH); place++) {
    const member = channel.members.at(place);
    if (member) members.push(member);
  }
  return members;
}

function matching(channel: Channel, wanted: (member: Member) => boolean): Member[] {
  const members: Member[] = [];
  for (const member of eachMember(channel.members)) {
    if (members.length === SEARCH_REACH) break;
    if (wanted(member)) members.push(member);
  }
  return members;
}

function named({ world }: RequestContext, { members }: Channel, q: string): Member[] {
  const ids = membersNamed(world, members, q).slice(0, SEARCH_REACH);
  return ids.flatMap((userId) => members.get(userId) ?? []);
}

function chosen(context: RequestContext, channel: Channel, filter: Filter): readonly Member[] {
  switch (filter._) {
    case "channelParticipantsAdmins":
      return channel.members.managers();
    case "channelParticipantsBots":
      return matching(channel, ({ userId }) => context.world.users.get(userId)?.bot === true);
    case "channelParticipantsContacts":
      return matching(channel, ({ userId }) => mailboxOf(context).contacts.has(userId));
    case "channelParticipantsSearch":
    case "channelParticipantsMentions":
      return named(context, channel, filter.q ?? "");
    default:
      return [];
  }
}

const wantsAll = (filter: Filter): boolean =>
  filter._ === "channelParticipantsRecent" || (filter._ === "channelParticipantsSearch" && filter.q.trim() === "");

/** Everybody may see who the admins and bots of a supergroup are, though the others be hidden. */
function checkMayList(context: RequestContext, channel: Channel, filter?: Filter): void {
  const open = filter?._ === "channelParticipantsAdmins" || filter?._ === "channelParticipantsBots";
  if (channel.kind === "supergroup" && open) return;
  if (!channel.membersShownTo(context.account.id)) throw refuse("CHAT_ADMIN_REQUIRED");
}

export const participants = {
  "channels.getParticipants": ({ channel: input, filter, offset, limit }, context) => {
    const channel = channelOf(context, input);
    checkMayList(context, channel, filter);
    const from = Math.max(0, offset);
    const many = Math.min(Math.max(0, limit), PAGE_LIMIT);
    if (filter._ === "channelParticipantsKicked" || filter._ === "channelParticipantsBanned") {
      if (!mayManage(channel.members.get(context.account.id))) throw refuse("CHAT_ADMIN_REQUIRED");
      const out = removed(context.world, channel, filter);
      const page = out.slice(from, from + many);
      return answer(context, channel, {
        count: out.length,
        people: page.flatMap(({ userId, restriction }) => [userId, restriction.by]),
        shown: page.map(({ userId, restriction, left }) => presentRestricted(userId, restriction, left)),
      });
    }
    if (wantsAll(filter)) {
      return answer(context, channel, found(context, channel, recent(channel, from, many), channel.members.count));
    }
    const all = chosen(context, channel, filter);
    return answer(context, channel, found(context, channel, all.slice(from, from + many), all.length));
  },
  "channels.getParticipant": ({ channel: input, participant }, context) => {
    const channel = channelOf(context, input);
    const peer = peerOf(targetOf(context, participant));
    if (peer.kind !== "user") throw refuse("PARTICIPANT_ID_INVALID");
    if (peer.id !== context.account.id) checkMayList(context, channel);
    const member = channel.members.get(peer.id);
    const ban = channel.banOn(peer.id);
    if (!member && !ban) throw refuse("USER_NOT_PARTICIPANT");
    const cast = new Cast(context.world, mailboxOf(context)).add(channelPeer(channel.id)).addUser(peer.id);
    const shown = member
      ? presentMember(channel, member, context.account.id)
      : ban && presentRestricted(peer.id, ban, true);
    if (!shown) throw refuse("USER_NOT_PARTICIPANT");
    return { _: "channels.channelParticipant", participant: shown, chats: cast.chats, users: cast.users };
  },
} satisfies Handlers;
