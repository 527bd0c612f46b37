import { GuardError } from "../../errors.js";
import { isChannel, wrongKind } from "../../read/address.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { chatPeer, type Peer } from "../../telegram/peer.js";
import type { InvokeOptions, Telegram } from "../../telegram/telegram.js";
import type { ActionsPolicy } from "../policy.js";
import { resolveChat } from "./input.js";

/** The way into a chat: the chat itself where it is known, and the hash of the link where there is one. */
export interface Door {
  readonly title: string;
  readonly peer?: Peer;
  readonly hash?: string;
  /** An admin decides who comes in. */
  readonly needsRequest: boolean;
}

/** `t.me/+HASH`, `t.me/joinchat/HASH` and `tg://join?invite=HASH` (core.telegram.org/api/links#chat-invite-links). */
const LINK = /^(?:(?:https?:\/\/)?(?:t|telegram)\.me\/(?:\+|joinchat\/)|tg:\/\/join\?invite=)([\w-]+)\/?$/i;

/** @throws GuardError `not_allowed` for a link to a chat that the allowlist cannot know */
export async function doorTo(
  telegram: Telegram,
  { requireAllowlist }: Pick<ActionsPolicy, "requireAllowlist">,
  chat: ChatRef,
  signal: AbortSignal,
): Promise<Door> {
  const hash = LINK.exec(String(chat).trim())?.[1];
  if (hash === undefined) {
    const peer = await resolveChat(telegram, chat, signal);
    if (!isChannel(peer)) throw wrongKind(peer, "supergroup or channel", "joinChat.chat");
    return { title: peer.title, peer, needsRequest: false };
  }
  const door = await inviteAt(telegram, hash, { signal });
  if (requireAllowlist && door.peer === undefined) throw unknownBehind(door.title);
  return door;
}

/** Telegram tells the chat itself only to members and those who may look in. */
export async function inviteAt(telegram: Telegram, hash: string, options: InvokeOptions = {}): Promise<Door> {
  const answer = await telegram.invoke(new telegram.api.messages.CheckChatInvite({ hash }), options);
  if (answer.className === "ChatInvite") {
    return { title: answer.title, hash, needsRequest: answer.requestNeeded ?? false };
  }
  telegram.peers.learn([], [answer.chat]);
  const peer = answer.className === "ChatInviteAlready" ? chatPeer(answer.chat) : undefined;
  return { title: "title" in answer.chat ? answer.chat.title : "", hash, needsRequest: false, ...(peer && { peer }) };
}

const unknownBehind = (title: string): GuardError<"not_allowed"> =>
  new GuardError("not_allowed", `Which chat the link to "${title}" leads to is not known before joining.`, {
    details: { chat: 0 },
    nextStep: "The allowlist cannot hold it. Join by the chat's @name, or let a person join.",
  });
