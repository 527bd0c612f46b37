import { bareId, toNumber } from "../../models/ids.js";
import { inputUser, isChannel, wrongKind } from "../../read/address.js";
import { member } from "../../read/member.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { isRefusal } from "./state-holds.js";

/** Whether somebody is in a group, supergroup or channel. One request. */
export async function isMember(telegram: Telegram, chat: Peer, user: Peer): Promise<boolean> {
  return isChannel(chat) ? isInChannel(telegram, chat, user) : isInGroup(telegram, chat, user);
}

async function isInChannel(telegram: Telegram, channel: Peer, user: Peer): Promise<boolean> {
  try {
    const { role } = await member(telegram, channel, user, {});
    return role !== "banned" && role !== "left";
  } catch (error) {
    if (isRefusal(error, "USER_NOT_PARTICIPANT")) return false;
    throw error;
  }
}

async function isInGroup(telegram: Telegram, group: Peer, user: Peer): Promise<boolean> {
  const { api, long } = telegram;
  const request = new api.messages.GetFullChat({ chatId: long(bareId(group.id)) });
  const { fullChat, users, chats } = await telegram.invoke(request);
  telegram.peers.learn(users, chats);
  if (fullChat.className !== "ChatFull" || fullChat.participants.className !== "ChatParticipants") return false;
  return fullChat.participants.participants.some(({ userId }) => toNumber(userId) === user.id);
}

/** @throws GuardError `input_invalid` unless the chat has members and the other is a person or a bot */
export function assertMembership(operation: string, chat: Peer, user: Peer): void {
  if (chat.kind === "user") throw wrongKind(chat, "group or channel", `${operation}.chat`);
  if (user.kind !== "user") throw wrongKind(user, "person", `${operation}.user`);
}

/** Addresses a member in a basic group. */
export const inGroup = (telegram: Telegram, group: Peer, user: Peer) => ({
  chatId: telegram.long(bareId(group.id)),
  userId: inputUser(telegram, user),
});
