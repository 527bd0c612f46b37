import type { Api } from "telegram";
import { channelChat, groupChat, userChat } from "./chat.js";
import { present } from "./present.js";

/** What people see of somebody. */
export interface Name {
  /** First and last name, or the title. */
  readonly name: string;
  readonly username?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

/** The names that an answer carries, by marked id. */
export type Names = ReadonlyMap<number, Name>;

export function namesOf(users: readonly Api.TypeUser[], chats: readonly Api.TypeChat[]): Names {
  const names = new Map<number, Name>();
  for (const user of users) {
    // A deleted account has no name, and a stand-in could be somebody's real one.
    if (user.className !== "User" || user.deleted) continue;
    const { id, title, username } = userChat(user);
    const { firstName, lastName } = user;
    names.set(id, { name: title, ...present({ username, firstName, lastName }) });
  }
  for (const chat of chats) {
    if (chat.className === "ChatEmpty") continue;
    const isChannel = chat.className === "Channel" || chat.className === "ChannelForbidden";
    const { id, title, username } = isChannel ? channelChat(chat) : groupChat(chat);
    names.set(id, { name: title, ...present({ username }) });
  }
  return names;
}
