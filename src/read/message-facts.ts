import { parseInput } from "../input.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { MessageSource } from "./message-source.js";
import { readOptions, type ReadOptions } from "./options.js";

/** How many messages a chat has, service messages included. One request. */
export async function messageCount(telegram: Telegram, chat: ChatRef, options: ReadOptions = {}): Promise<number> {
  const source = new MessageSource(telegram, chat, parseInput(readOptions, options, "options"));
  return (await source.page({ limit: 1 })).total;
}

/** When the first message that is still there was written; `undefined` in an empty chat. One request. */
export async function creationDate(
  telegram: Telegram,
  chat: ChatRef,
  options: ReadOptions = {},
): Promise<string | undefined> {
  const source = new MessageSource(telegram, chat, parseInput(readOptions, options, "options"));
  // The window one above the lowest possible id holds the oldest message alone.
  const { items } = await source.page({ offsetId: 1, addOffset: -1, limit: 1 });
  return items[0]?.date;
}
