import type { Api } from "telegram";
import { channelChat, groupChat, userChat, type Chat } from "../models/chat.js";
import { bareId } from "../models/ids.js";

/** A chat with what is needed to address it. */
export interface Peer extends Chat {
  /** A 64-bit number as a string; groups need none. */
  readonly accessHash?: string;
  /** What this account is there; absent for a member, and where it was not told. */
  readonly ownRole?: "creator" | "admin";
}

/** `undefined` for what cannot be addressed: empty entries, and users seen only in passing (`min`). */
export function userPeer(user: Api.TypeUser): Peer | undefined {
  if (user.className !== "User" || user.min) return undefined;
  return withHash(userChat(user), user.accessHash);
}

export function chatPeer(chat: Api.TypeChat): Peer | undefined {
  switch (chat.className) {
    case "ChatEmpty":
      return undefined;
    case "Chat":
      return { ...groupChat(chat), ...ownRoleIn(chat) };
    case "ChatForbidden":
      return groupChat(chat);
    case "Channel":
      return chat.min ? undefined : { ...withHash(channelChat(chat), chat.accessHash), ...ownRoleIn(chat) };
    case "ChannelForbidden":
      return withHash(channelChat(chat), chat.accessHash);
  }
}

function ownRoleIn({ creator, adminRights }: Api.Chat | Api.Channel): Pick<Peer, "ownRole"> {
  if (creator) return { ownRole: "creator" };
  return adminRights ? { ownRole: "admin" } : {};
}

const withHash = (chat: Chat, hash: { toString(): string } | null | undefined): Peer => ({
  ...chat,
  ...(hash === null || hash === undefined ? {} : { accessHash: hash.toString() }),
});

/** Builds the addresses that requests carry. GramJS's classes come from outside: this file may be loaded without it. */
export interface Addressing {
  readonly api: typeof Api;
  readonly long: (value: number | string) => Api.long;
}

export function inputPeer({ api, long }: Addressing, peer: Peer): Api.TypeInputPeer {
  const id = long(bareId(peer.id));
  const accessHash = long(peer.accessHash ?? "0");
  switch (peer.kind) {
    case "user":
      return new api.InputPeerUser({ userId: id, accessHash });
    case "group":
      return new api.InputPeerChat({ chatId: id });
    case "supergroup":
    case "channel":
      return new api.InputPeerChannel({ channelId: id, accessHash });
  }
}
