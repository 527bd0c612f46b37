import type { Api } from "telegram";
import { z } from "zod";
import { GuardError } from "../errors.js";
import { parseInput } from "../input.js";
import { channelChat, groupChat, type Chat } from "../models/chat.js";
import { bareId, toNumber } from "../models/ids.js";
import { rightsInGroup, rightsWithUser, type MyRights } from "../models/my-rights.js";
import { fullName, toUser, type User } from "../models/user.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { findChat } from "./find.js";
import { inputChannel, inputUser, isChannel, wrongKind } from "./address.js";
import { withChat } from "./not-a-member.js";
import { callSchema, readOptions, type ReadOptions } from "./options.js";

/** A person or bot that was named. */
export interface ResolvedUser extends User {
  readonly kind: "user";
  /** First and last name. */
  readonly title: string;
}

/** A group, supergroup or channel that was named. */
export interface ResolvedChat extends Chat {
  readonly kind: Exclude<Chat["kind"], "user">;
  readonly isVerified: boolean;
}

/** Tell the two apart by `kind`. */
export type Resolved = ResolvedUser | ResolvedChat;

/** What `client.read.resolve` takes. */
export interface ResolveOptions extends ReadOptions {
  /** Takes a username to mean whoever has it now, from here on, although it meant somebody else before. @defaultValue false */
  readonly followMovedName?: boolean;
}

const resolveOptions = z.strictObject({ ...callSchema, followMovedName: z.boolean().exactOptional() });

/** Who or what a name means, as Telegram knows it now. One request when the name is known, else one more. */
export async function resolve(telegram: Telegram, ref: ChatRef, options: ResolveOptions = {}): Promise<Resolved> {
  const { followMovedName = false, ...call } = parseInput(resolveOptions, options, "options");
  const peer = await findChat(telegram, ref, { ...call, followMovedName });
  if (peer.kind === "user") {
    const user = await askUser(telegram, peer, call);
    return { ...toUser(user), kind: "user", title: fullName(user) };
  }
  return withChat(ref, resolvedChat(telegram, peer, peer.kind, call));
}

async function resolvedChat(
  telegram: Telegram,
  peer: Peer,
  kind: ResolvedChat["kind"],
  call: ReadOptions,
): Promise<ResolvedChat> {
  const chat = await askChat(telegram, peer, call);
  if (chat.className === "ChatEmpty") throw gone(peer);
  const isVerified = chat.className === "Channel" && (chat.verified ?? false);
  const known =
    chat.className === "Channel" || chat.className === "ChannelForbidden" ? channelChat(chat) : groupChat(chat);
  return { ...known, kind, isVerified };
}

/** @throws {@link GuardError} `chat_not_found`, `input_invalid` */
export async function userById(telegram: Telegram, id: number, options: ReadOptions = {}): Promise<User> {
  const call = parseInput(readOptions, options, "options");
  const peer = await findChat(telegram, id, call);
  if (peer.kind !== "user") throw wrongKind(peer, "person or bot", "id");
  return toUser(await askUser(telegram, peer, call));
}

export async function myRights(telegram: Telegram, chat: ChatRef, options: ReadOptions = {}): Promise<MyRights> {
  const call = parseInput(readOptions, options, "options");
  const peer = await findChat(telegram, chat, call);
  if (peer.kind === "user") return rightsWithUser(await askUser(telegram, peer, call));
  return rightsInGroup(await withChat(chat, askChat(telegram, peer, call)));
}

async function askUser(telegram: Telegram, peer: Peer, call: ReadOptions): Promise<Api.User> {
  const users = await telegram.invoke(new telegram.api.users.GetUsers({ id: [inputUser(telegram, peer)] }), call);
  telegram.peers.learn(users, []);
  const [user] = users;
  if (user?.className !== "User") throw gone(peer);
  return user;
}

async function askChat(telegram: Telegram, peer: Peer, call: ReadOptions): Promise<Api.TypeChat> {
  const { api, long } = telegram;
  const { chats } = isChannel(peer)
    ? await telegram.invoke(new api.channels.GetChannels({ id: [inputChannel(telegram, peer)] }), call)
    : await telegram.invoke(new api.messages.GetChats({ id: [long(bareId(peer.id))] }), call);
  telegram.peers.learn([], chats);
  const chat = chats.find(({ id }) => toNumber(id) === bareId(peer.id));
  if (chat === undefined) throw gone(peer);
  return chat;
}

const gone = ({ id }: Peer): GuardError<"chat_not_found"> =>
  new GuardError("chat_not_found", `Telegram does not tell about ${id} any more.`, {
    details: { chat: String(id) },
    nextStep: "List the chats with `dialogs`, and name the chat by its @name.",
  });
