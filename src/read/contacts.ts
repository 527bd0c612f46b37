import type { Api } from "telegram";
import { parseInput } from "../input.js";
import { channelChat, groupChat, type Chat } from "../models/chat.js";
import { toPresence, type Presence } from "../models/last-seen.js";
import { bareId, toNumber } from "../models/ids.js";
import { toUser, type User } from "../models/user.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { findChat } from "./find.js";
import { inputUser, wrongKind } from "./address.js";
import { Listing, type Page } from "./listing.js";
import { listOptions, readOptions, type ListOptions, type ReadOptions } from "./options.js";
import { mayRead } from "./scope.js";

/** Somebody in the account's address book. */
export interface Contact extends User, Presence {
  /** They have this account in their address book too. */
  readonly isMutual: boolean;
}

/** The account's address book, all at once: Telegram has no pages for it. One request. */
export async function contacts(telegram: Telegram, options: ReadOptions = {}): Promise<readonly Contact[]> {
  const call = parseInput(readOptions, options, "options");
  const answer = await telegram.invoke(new telegram.api.contacts.GetContacts({ hash: telegram.long(0) }), call);
  if (answer.className === "contacts.ContactsNotModified") return [];
  telegram.peers.learn(answer.users, []);
  await telegram.scope?.ready(telegram, call);
  const users = new Map(answer.users.map((user) => [toNumber(user.id), user]));
  return answer.contacts.flatMap(({ userId, mutual }): Contact[] => {
    const user = users.get(toNumber(userId));
    if (user?.className !== "User" || !mayRead(telegram, toNumber(userId))) return [];
    return [{ ...toUser(user), ...toPresence(user.status), isMutual: mutual }];
  });
}

/** Telegram's own limit of chats in one answer. */
const PAGE = 100;

/** The groups and supergroups that the account shares with somebody. One request for each 100. */
export function commonChats(telegram: Telegram, user: ChatRef, options: ListOptions = {}): Listing<Chat> {
  const { limit = Infinity, ...call } = parseInput(listOptions, options, "options");
  const ask = async (maxId: number, size: number): Promise<Page<Chat>> => {
    const peer = await findChat(telegram, user, call);
    if (peer.kind !== "user") throw wrongKind(peer, "person or bot", "user");
    const { api, long } = telegram;
    const request = new api.messages.GetCommonChats({
      userId: inputUser(telegram, peer),
      maxId: long(maxId),
      limit: size,
    });
    const answer = await telegram.invoke(request, call);
    telegram.peers.learn([], answer.chats);
    const all = answer.chats.flatMap((chat) => toChat(chat) ?? []);
    return { items: all, total: answer.className === "messages.ChatsSlice" ? answer.count : all.length };
  };
  return new Listing<Chat>({
    limit,
    total: async () => (await ask(0, PAGE)).total,
    pages: async function* (): AsyncGenerator<Page<Chat>> {
      let maxId = 0;
      for (let left = limit; left > 0;) {
        const size = Math.min(PAGE, left);
        const page = await ask(maxId, size);
        left -= page.items.length;
        yield { ...page, items: page.items.filter(({ id }) => mayRead(telegram, id)) };
        const last = page.items.at(-1);
        if (last === undefined || page.items.length < size) return;
        maxId = bareId(last.id);
      }
    },
  });
}

function toChat(chat: Api.TypeChat): Chat | undefined {
  switch (chat.className) {
    case "ChatEmpty":
      return undefined;
    case "Chat":
    case "ChatForbidden":
      return groupChat(chat);
    default:
      return channelChat(chat);
  }
}
