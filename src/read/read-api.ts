import type { Dialog } from "../models/dialog.js";
import type { Message } from "../models/message.js";
import { toUser, type User } from "../models/user.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { dialogs, type DialogsOptions } from "./dialogs.js";
import type { Listing } from "./listing.js";
import { messages, type MessagesOptions } from "./messages.js";
import type { ReadOptions } from "./options.js";

/** Everything one can read. Nothing here changes anything at Telegram, not even a read mark. */
export class ReadApi {
  readonly #telegram: Telegram;

  constructor(telegram: Telegram) {
    this.#telegram = telegram;
  }

  /** The account itself. One request. */
  async me(options: ReadOptions = {}): Promise<User> {
    return toUser(await this.#telegram.me(options));
  }

  /** The account's chats. One request for each 100. */
  dialogs(options?: DialogsOptions): Listing<Dialog> {
    return dialogs(this.#telegram, options);
  }

  /**
   * The history of a chat, newest first unless told otherwise. One request for each 100 messages.
   *
   * Errors: `chat_not_found`, `chat_ambiguous`, `not_a_member`, `input_invalid`, and those of every call.
   */
  messages(chat: ChatRef, options?: MessagesOptions): Listing<Message> {
    return messages(this.#telegram, chat, options);
  }
}
