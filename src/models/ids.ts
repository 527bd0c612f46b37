import type { Api } from "telegram";

/** What a chat is. `user` covers bots and Saved Messages too. */
export type ChatKind = "user" | "group" | "supergroup" | "channel";

/** Channels and supergroups are written as -100 followed by their id: here as a sum, so that ids of any length fit. */
const CHANNEL_MARK = -1_000_000_000_000;

/** Telegram numbers users, groups and channels apart; the mark makes one number out of kind and id, as the Bot API does. */
export const markUser = (id: number): number => id;
export const markGroup = (id: number): number => -id;
export const markChannel = (id: number): number => CHANNEL_MARK - id;

/** The id without its mark. */
export function bareId(marked: number): number {
  if (marked >= 0) return marked;
  return marked < CHANNEL_MARK ? CHANNEL_MARK - marked : -marked;
}

export function markedId(peer: Api.TypePeer): number {
  switch (peer.className) {
    case "PeerUser":
      return markUser(toNumber(peer.userId));
    case "PeerChat":
      return markGroup(toNumber(peer.chatId));
    case "PeerChannel":
      return markChannel(toNumber(peer.channelId));
  }
}

/** Ids of users, chats and messages lie below 2^53 (core.telegram.org/api/bots/ids). */
export const toNumber = (long: { toJSNumber(): number }): number => long.toJSNumber();

/** TL dates are seconds of Unix time. */
export const toIso = (seconds: number): string => new Date(seconds * 1000).toISOString();
