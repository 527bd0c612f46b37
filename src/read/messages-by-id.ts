import { messageId } from "./message-id.js";
import type { Api } from "telegram";
import { z } from "zod";
import { parseInput } from "../input.js";
import { markedId } from "../models/ids.js";
import type { Message } from "../models/message.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { findChat } from "./find.js";
import { inputChannel, isChannel } from "./address.js";
import { readAnswer } from "./message-answer.js";
import { messageShape, type MessageShape } from "./message-options.js";
import { PAGE } from "./message-source.js";
import { withChat } from "./not-a-member.js";
import { callSchema, type ReadOptions } from "./options.js";
import { readable } from "./scope.js";

/** What `client.read.messagesByIds` takes. */
export interface MessagesByIdOptions extends ReadOptions, MessageShape {}

/** What was found of the messages that were named. */
export interface MessagesById {
  /** In the order asked for. */
  readonly messages: readonly Message[];
  /** Ids that this chat has no message for: deleted, or never there. */
  readonly missing: readonly number[];
}

const idsSchema = z.array(messageId);
const schema = z.strictObject({ ...callSchema, ...messageShape });

export async function messagesByIds(
  telegram: Telegram,
  chat: ChatRef,
  ids: readonly number[],
  options: MessagesByIdOptions = {},
): Promise<MessagesById> {
  const wanted = parseInput(idsSchema, ids, "ids");
  const { markdown, ...call } = parseInput(schema, options, "options");
  const peer = await findChat(telegram, chat, call);
  const found = new Map<number, Message>();
  const unique = [...new Set(wanted)];
  for (let from = 0; from < unique.length; from += PAGE) {
    const request = requestFor(telegram, peer, unique.slice(from, from + PAGE));
    const answer = await withChat(chat, telegram.invoke(request, call));
    const { items } = readAnswer(telegram, inChat(answer, peer), markdown);
    for (const message of readable(telegram, items)) found.set(message.id, message);
  }
  return {
    messages: wanted.flatMap((id) => found.get(id) ?? []),
    missing: unique.filter((id) => !found.has(id)),
  };
}

function requestFor(telegram: Telegram, peer: Peer, ids: readonly number[]) {
  const { api } = telegram;
  const id = ids.map((one) => new api.InputMessageID({ id: one }));
  return isChannel(peer)
    ? new api.channels.GetMessages({ channel: inputChannel(telegram, peer), id })
    : new api.messages.GetMessages({ id });
}

/** Outside of channels an id may belong to any chat of the account: only this one's messages count. */
function inChat(answer: Api.messages.TypeMessages, { id }: Peer): Api.messages.TypeMessages {
  if (answer.className === "messages.MessagesNotModified") return answer;
  answer.messages = answer.messages.filter(
    (message) => message.className !== "MessageEmpty" && markedId(message.peerId) === id,
  );
  return answer;
}
