import type { Metrics } from "../metrics.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { exportMessages, type ExportMessagesOptions, type ExportReport } from "./messages.js";

/** Writes what one can read to files, one line or record at a time. */
export class ExportApi {
  readonly #telegram: Telegram;
  readonly #metrics: Metrics;

  constructor(telegram: Telegram, metrics: Metrics) {
    this.#telegram = telegram;
    this.#metrics = metrics;
  }

  /**
   * Writes the history of a chat as JSONL: one message a line, oldest first. The file appears under its name when it is
   * complete; until then it is called `<to>.part`.
   *
   * Errors: `file_exists`, `file_error`, `not_a_member`, `chat_not_found`, and those of every call.
   */
  messages(chat: ChatRef, options: ExportMessagesOptions): Promise<ExportReport> {
    return exportMessages(this.#telegram, this.#metrics, chat, options);
  }
}
