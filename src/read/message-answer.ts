import type { Api } from "telegram";
import { toMarkdown } from "../models/markdown.js";
import { toMessage, type Message } from "../models/message.js";
import { namesOf } from "../models/names.js";
import type { Telegram } from "../telegram/telegram.js";
import type { Page } from "./listing.js";

/** One answer with messages. `ids` tells all that came, also what is gone and makes no message. */
export interface MessagePage extends Page<Message> {
  readonly ids: readonly number[];
  /** Telegram's own place from which a search over all chats goes on. */
  readonly nextRate?: number;
}

/** Turns an answer into messages, and keeps the peers that came with it. */
export function readAnswer(telegram: Telegram, answer: Api.messages.TypeMessages, markdown: boolean): MessagePage {
  if (answer.className === "messages.MessagesNotModified") return { items: [], total: answer.count, ids: [] };
  const { messages, users, chats } = answer;
  telegram.peers.learn(users, chats);
  const names = namesOf(users, chats);
  const items = messages.flatMap((message) => {
    const found = toMessage(message, telegram.selfId, names);
    if (found === undefined) return [];
    return markdown ? { ...found, markdown: toMarkdown(found.text, found.entities) } : found;
  });
  const nextRate = answer.className === "messages.MessagesSlice" ? answer.nextRate : undefined;
  return {
    items,
    total: answer.className === "messages.Messages" ? messages.length : answer.count,
    ids: messages.map(({ id }) => id),
    ...(typeof nextRate === "number" ? { nextRate } : {}),
  };
}
