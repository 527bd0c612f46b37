import type { Group } from "../../world/chat.js";
import { Channel } from "../../world/chat.js";
import { wordsOf } from "../../world/name-index.js";
import { channelPeer, peerKey, tlPeer, userPeer, type Peer } from "../../world/peer.js";
import { Cast, peerOfChat } from "../../world/present/cast.js";
import type { World } from "../../world/world.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, userOf } from "./resolve.js";

/** Strangers are found by at least so many letters of their username. */
const SHORTEST_GLOBAL = 4;
const COMMON_LIMIT = 100;

const begins = (words: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((one) => words.some((word) => word.startsWith(one)));

const titleWords = ({ title, username }: { readonly title: string; readonly username?: string | undefined }) => [
  ...title.toLowerCase().split(/\s+/u),
  username?.toLowerCase() ?? "",
];

function answers(world: World, peer: Peer, wanted: readonly string[]): boolean {
  if (peer.kind === "user") {
    const user = world.users.get(peer.id);
    return user !== undefined && begins(wordsOf(user), wanted);
  }
  const chat = peer.kind === "chat" ? world.groups.get(peer.id) : world.channels.get(peer.id);
  return chat !== undefined && begins(titleWords(chat), wanted);
}

/** The account's own chats and contacts. */
function mine(context: RequestContext): Peer[] {
  const { dialogs, contacts } = mailboxOf(context);
  const peers = [...[...dialogs.values()].map(({ peer }) => peer), ...[...contacts].map(userPeer)];
  return [...new Map(peers.map((peer) => [peerKey(peer), peer])).values()];
}

function strangers({ world }: RequestContext, text: string): Peer[] {
  if (text.length < SHORTEST_GLOBAL) return [];
  const matches = ({ username }: { readonly username?: string | undefined }) =>
    username?.toLowerCase().startsWith(text) === true;
  return [
    ...[...world.users.known()].filter(matches).map(({ id }) => userPeer(id)),
    ...[...world.channels.values()].filter(matches).map(({ id }) => channelPeer(id)),
  ];
}

function commonChats({ world, account }: RequestContext, userId: number): (Group | Channel)[] {
  const all = [...world.groups.values(), ...world.channels.values()];
  return all.filter(
    (chat) =>
      chat.kind !== "channel" &&
      chat.members.get(account.id) !== undefined &&
      chat.members.get(userId) !== undefined &&
      (!(chat instanceof Channel) || chat.membersShownTo(account.id)),
  );
}

export const searchPeople = {
  "contacts.search": ({ q, limit }, context) => {
    const text = q.trim().toLowerCase().replace(/^@/, "");
    if (text === "") throw refuse("SEARCH_QUERY_EMPTY");
    const own = mine(context).filter((peer) => answers(context.world, peer, text.split(/\s+/u)));
    const known = new Set(own.map(peerKey));
    const others = strangers(context, text).filter((peer) => !known.has(peerKey(peer)));
    const cast = new Cast(context.world, mailboxOf(context));
    const [my_results, results] = [own, others].map((list) => list.slice(0, Math.max(0, limit)));
    for (const peer of [...(my_results ?? []), ...(results ?? [])]) cast.add(peer);
    return {
      _: "contacts.found",
      my_results: (my_results ?? []).map(tlPeer),
      results: (results ?? []).map(tlPeer),
      chats: cast.chats,
      users: cast.users,
    };
  },
  "messages.getCommonChats": ({ user_id, max_id, limit }, context) => {
    const user = userOf(context, user_id);
    if (user.id === context.account.id) throw refuse("USER_ID_INVALID");
    // Newest chats first; max_id is the last one of the page before.
    const all = commonChats(context, user.id).sort((a, b) => b.id - a.id);
    const page = all.filter(({ id }) => max_id === 0n || id < max_id).slice(0, Math.min(limit, COMMON_LIMIT));
    const cast = new Cast(context.world, mailboxOf(context));
    for (const chat of page) cast.add(peerOfChat(chat));
    if (page.length === all.length) return { _: "messages.chats", chats: cast.chats };
    return { _: "messages.chatsSlice", count: all.length, chats: cast.chats };
  },
} satisfies Handlers;
