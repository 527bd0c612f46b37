import type { Api } from "telegram";
import { parseInput } from "../input.js";
import { channelChat, groupChat, userChat } from "../models/chat.js";
import type { ChatInfo } from "../models/chat-info.js";
import { bareId, markChannel, markGroup, toIso, toNumber } from "../models/ids.js";
import { present } from "../models/present.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { findChat } from "./find.js";
import { inputChannel, inputUser } from "./address.js";
import { withChat } from "./not-a-member.js";
import { readOptions, type ReadOptions } from "./options.js";

const NOTHING = {
  isBot: false,
  isPremium: false,
  isForum: false,
  isVerified: false,
  isScam: false,
  isFake: false,
  isProtected: false,
  canViewParticipants: false,
} as const;

/** What Telegram tells of a chat on request. One request when the chat is known. */
export async function groupInfo(telegram: Telegram, chat: ChatRef, options: ReadOptions = {}): Promise<ChatInfo> {
  const call = parseInput(readOptions, options, "options");
  const peer = await findChat(telegram, chat, call);
  if (peer.kind === "user") return withChat(chat, userInfo(telegram, peer, call));
  return withChat(chat, peer.kind === "group" ? plainInfo(telegram, peer, call) : channelInfo(telegram, peer, call));
}

async function userInfo(telegram: Telegram, peer: Peer, call: ReadOptions): Promise<ChatInfo> {
  const request = new telegram.api.users.GetFullUser({ id: inputUser(telegram, peer) });
  const { fullUser, users, chats } = await telegram.invoke(request, call);
  telegram.peers.learn(users, chats);
  const user = users.find((one): one is Api.User => one.className === "User" && toNumber(one.id) === peer.id);
  const { id, kind, title, username } = user === undefined ? peer : userChat(user);
  return {
    id,
    kind,
    title,
    ...present({
      username,
      about: fullUser.about,
      pinnedMessageId: fullUser.pinnedMsgId,
      selfDestructSeconds: fullUser.ttlPeriod,
      commonChatsCount: fullUser.commonChatsCount,
      firstName: user?.firstName,
      lastName: user?.lastName,
      phone: user?.phone,
    }),
    ...NOTHING,
    isBot: user?.bot ?? false,
    isPremium: user?.premium ?? false,
    isVerified: user?.verified ?? false,
    isScam: user?.scam ?? false,
    isFake: user?.fake ?? false,
  };
}

async function plainInfo(telegram: Telegram, peer: Peer, call: ReadOptions): Promise<ChatInfo> {
  const request = new telegram.api.messages.GetFullChat({ chatId: telegram.long(bareId(peer.id)) });
  const { full, chat } = await askFull(telegram, peer, telegram.invoke(request, call));
  if (full.className !== "ChatFull" || chat?.className !== "Chat") return { ...shown(peer), ...NOTHING };
  const { migratedTo } = chat;
  return {
    ...groupChat(chat),
    ...present({
      about: full.about,
      pinnedMessageId: full.pinnedMsgId,
      selfDestructSeconds: full.ttlPeriod,
      date: toIso(chat.date),
      migratedToChatId:
        migratedTo?.className === "InputChannel" ? markChannel(toNumber(migratedTo.channelId)) : undefined,
    }),
    ...NOTHING,
    isProtected: chat.noforwards ?? false,
    canViewParticipants: full.participants.className === "ChatParticipants",
  };
}

async function channelInfo(telegram: Telegram, peer: Peer, call: ReadOptions): Promise<ChatInfo> {
  const request = new telegram.api.channels.GetFullChannel({ channel: inputChannel(telegram, peer) });
  const { full, chat } = await askFull(telegram, peer, telegram.invoke(request, call));
  if (full.className !== "ChannelFull" || chat?.className !== "Channel") return { ...shown(peer), ...NOTHING };
  return {
    ...channelChat(chat),
    ...present({
      participantsCount: full.participantsCount ?? chat.participantsCount,
      about: full.about,
      linkedChatId: marked(full.linkedChatId, markChannel),
      pinnedMessageId: full.pinnedMsgId,
      slowModeSeconds: full.slowmodeSeconds,
      selfDestructSeconds: full.ttlPeriod,
      date: toIso(chat.date),
      adminsCount: full.adminsCount,
      onlineCount: full.onlineCount,
      migratedFromChatId: marked(full.migratedFromChatId, markGroup),
    }),
    ...NOTHING,
    isForum: chat.forum ?? false,
    isVerified: chat.verified ?? false,
    isScam: chat.scam ?? false,
    isFake: chat.fake ?? false,
    isProtected: chat.noforwards ?? false,
    canViewParticipants: full.canViewParticipants ?? false,
  };
}

interface Full {
  readonly full: Api.TypeChatFull;
  /** The chat itself; the answer may carry others that are linked to it. */
  readonly chat: Api.TypeChat | undefined;
}

async function askFull(telegram: Telegram, peer: Peer, asked: Promise<Api.messages.ChatFull>): Promise<Full> {
  const { fullChat, users, chats } = await asked;
  telegram.peers.learn(users, chats);
  return { full: fullChat, chat: chats.find(({ id }) => toNumber(id) === bareId(peer.id)) };
}

const shown = ({ id, kind, title, username }: Peer) => ({ id, kind, title, ...present({ username }) });

const marked = (id: Api.long | undefined, mark: (id: number) => number): number | undefined =>
  id ? mark(toNumber(id)) : undefined;
