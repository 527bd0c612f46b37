import { toMarkdown } from "../models/markdown.js";
import { toMessage, type Message } from "../models/message.js";
import { SERVICE_CHAT_ID } from "../models/service-chat.js";
import type { Telegram } from "../telegram/telegram.js";
import type { News } from "../telegram/updates-read.js";
import { mayRead, readable } from "./scope.js";
import type { ParsedWatchOptions } from "./watch-options.js";

/** A message as a watch yields it. */
export interface WatchedMessage extends Message {
  /** It was yielded before, or is older than the watch, and was edited now. */
  readonly isEdit?: true;
}

/** Decides what a watch yields: each new message once, in the order of each chat. */
export class WatchIntake {
  /** By chat: the newest id that came by. Telegram numbers the messages of a chat upwards. */
  readonly seen = new Map<number, number>();

  constructor(
    readonly telegram: Telegram,
    readonly options: ParsedWatchOptions,
    /** Marked ids. */
    readonly chats: ReadonlySet<number> | "all",
  ) {}

  /** Without what it quotes of chats that may not be read. */
  #shown(message: Message): Message | undefined {
    return readable(this.telegram, [message])[0];
  }

  fromNews({ message, isEdit, names }: News): WatchedMessage | undefined {
    const told = toMessage(message, this.telegram.selfId, names);
    const found = told && this.#isWatched(told) ? this.#shown(told) : undefined;
    if (found === undefined) return undefined;
    const shown = this.options.markdown ? { ...found, markdown: toMarkdown(found.text, found.entities) } : found;
    if (!isEdit) return this.accept(shown);
    return this.options.includeEdits && this.#isWanted(shown) ? { ...shown, isEdit } : undefined;
  }

  /** A message that is not an edit; `undefined` when it came by before, or is not asked for. */
  accept(message: Message): WatchedMessage | undefined {
    const { chatId, id } = message;
    if (!this.#isWatched(message) || id <= (this.seen.get(chatId) ?? 0)) return undefined;
    this.seen.set(chatId, id);
    return this.#isWanted(message) ? this.#shown(message) : undefined;
  }

  watches(chatId: number): boolean {
    if (chatId === SERVICE_CHAT_ID && !this.options.includeServiceChat) return false;
    return this.chats === "all" ? mayRead(this.telegram, chatId) : this.chats.has(chatId);
  }

  #isWatched({ chatId }: Message): boolean {
    return this.watches(chatId);
  }

  /** Who watches the chat with himself wants his notes: there is nothing else. */
  #isWanted({ isOutgoing, chatId, type }: Message): boolean {
    const { includeOwn, includeService } = this.options;
    return (includeOwn || !isOutgoing || chatId === this.telegram.selfId) && (includeService || type === "message");
  }
}
