import { GuardError } from "../../errors.js";
import type { Message } from "../../models/message.js";
import { messagesByIds } from "../../read/messages-by-id.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { digestOf } from "../digest.js";
import { beginningOf } from "../proposed-message.js";

/** Those of these messages that the chat has. Ids of other chats are none of them: outside of channels they share one count. */
export async function messagesOf(
  telegram: Telegram,
  peer: Peer,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<readonly Message[]> {
  const { messages } = await messagesByIds(telegram, peer.id, ids, signal === undefined ? {} : { signal });
  return messages;
}

/** @throws {@link GuardError} `message_not_found` */
export async function messageOf(telegram: Telegram, peer: Peer, id: number, signal?: AbortSignal): Promise<Message> {
  const [message] = await messagesOf(telegram, peer, [id], signal);
  if (message === undefined) throw messageNotFound(peer, id);
  return message;
}

export const messageNotFound = (peer: Peer, messageId: number): GuardError<"message_not_found"> =>
  new GuardError("message_not_found", `"${peer.title}" has no message ${messageId}.`, {
    details: { chat: String(peer.id), messageId },
    nextStep: "It may have been deleted. Read the chat and take the id from there.",
  });

/** What a message says, in a hash: another one after every edit. */
export const contentOf = ({ id, editDate, text, entities = [], media }: Message): string =>
  digestOf([id, editDate ?? null, text, JSON.stringify(entities), JSON.stringify(media ?? null)]);

/** Where a message was edited since it was shown. It was surely not acted on. */
export const editedSince = (path: string, id: number): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `Message ${id} was edited since the preview; nothing was sent.`, {
    details: { path },
    nextStep: "Preview the action again: it shows what the message says now.",
  });

/** So much of a text tells which message is meant. */
const EXCERPT = 60;

export const excerptOf = ({ text, media, action }: Message): string => {
  if (text !== "") return text.length > EXCERPT ? `"${beginningOf(text, EXCERPT)}…"` : `"${text}"`;
  return `(${media?.type ?? action ?? "no text"})`;
};
