import type { Api } from "telegram";
import { bareId, toNumber } from "../models/ids.js";
import { namesOf } from "../models/names.js";
import { toParticipant, type Participant } from "../models/participant.js";
import { GuardError } from "../errors.js";
import type { Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { inputChannel } from "./address.js";
import type { ReadOptions } from "./options.js";

export type MemberFilter =
  | { readonly kind: "recent" | "admins" | "bots" | "kicked" | "banned" }
  | { readonly kind: "search"; readonly query: string };

export interface MemberPage {
  /** As Telegram lists them, so that a place in the list can be counted. */
  readonly found: readonly Participant[];
  readonly total: number;
}

interface Asked {
  readonly filter: MemberFilter;
  readonly offset: number;
  readonly size: number;
  readonly call: ReadOptions;
}

/** A page of a supergroup's or channel's members. */
export async function channelParticipants(
  telegram: Telegram,
  peer: Peer,
  { filter, offset, size, call }: Asked,
): Promise<MemberPage> {
  const request = new telegram.api.channels.GetParticipants({
    channel: inputChannel(telegram, peer),
    filter: toFilter(telegram, filter),
    offset,
    limit: size,
    hash: telegram.long(0),
  });
  const answer = await telegram.invoke(request, call);
  if (answer.className === "channels.ChannelParticipantsNotModified") return { found: [], total: 0 };
  return { found: toParticipants(telegram, answer.participants, answer), total: answer.count };
}

function toFilter({ api }: Telegram, filter: MemberFilter): Api.TypeChannelParticipantsFilter {
  switch (filter.kind) {
    case "recent":
      return new api.ChannelParticipantsRecent();
    case "admins":
      return new api.ChannelParticipantsAdmins();
    case "bots":
      return new api.ChannelParticipantsBots();
    case "kicked":
      return new api.ChannelParticipantsKicked({ q: "" });
    case "banned":
      return new api.ChannelParticipantsBanned({ q: "" });
    case "search":
      return new api.ChannelParticipantsSearch({ q: filter.query });
  }
}

/** A group tells all its members at once; choosing among them is left to the client. */
export async function groupParticipants(
  telegram: Telegram,
  peer: Peer,
  { filter, offset, call }: Asked,
): Promise<MemberPage> {
  const request = new telegram.api.messages.GetFullChat({ chatId: telegram.long(bareId(peer.id)) });
  const answer = await telegram.invoke(request, call);
  const { fullChat } = answer;
  if (fullChat.className !== "ChatFull" || fullChat.participants.className !== "ChatParticipants") {
    throw new GuardError("not_a_member", `This account may not see who is in "${peer.title}".`, {
      details: { chat: String(peer.id) },
      nextStep: "Use a session of an account that is in it.",
    });
  }
  const all = toParticipants(telegram, fullChat.participants.participants, answer);
  const chosen = all.filter((participant) => isSought(participant, filter));
  return { found: chosen.slice(offset), total: chosen.length };
}

function isSought({ role, isBot, firstName, lastName, username }: Participant, filter: MemberFilter): boolean {
  switch (filter.kind) {
    case "recent":
      return true;
    case "admins":
      return role === "creator" || role === "admin";
    case "bots":
      return isBot;
    case "kicked":
    case "banned":
      return false;
    case "search": {
      const words = `${firstName ?? ""} ${lastName ?? ""} ${username ?? ""}`.toLowerCase().split(/\s+/);
      const sought = filter.query.toLowerCase().replace(/^@/, "").split(/\s+/);
      return sought.every((word) => words.some((other) => other.startsWith(word)));
    }
  }
}

interface Cast {
  readonly users: Api.TypeUser[];
  readonly chats: Api.TypeChat[];
}

function toParticipants(
  telegram: Telegram,
  list: readonly (Api.TypeChannelParticipant | Api.TypeChatParticipant)[],
  answer: Cast,
): Participant[] {
  const cast = castOf(telegram, answer);
  return list.map((participant) => toParticipant(participant, ...cast));
}

/** Who came with an answer about participants; they are learnt as well. */
export function castOf(telegram: Telegram, { users, chats }: Cast) {
  telegram.peers.learn(users, chats);
  const byId = new Map(
    users.flatMap((user) => (user.className === "User" ? [[toNumber(user.id), user] as const] : [])),
  );
  return [byId, namesOf([], chats)] as const;
}
