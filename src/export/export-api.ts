import type { FileAccess } from "../files/access.js";
import type { Metrics } from "../metrics.js";
import type { ReadOptions } from "../read/options.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { confined } from "./confined.js";
import { exportChats, type ExportChatsOptions } from "./chats.js";
import { costOf, estimateMessages, type ExportEstimate } from "./estimate.js";
import { exportMessages, type ExportMessagesOptions } from "./messages.js";
import { exportParticipants, type ExportParticipantsOptions } from "./participants.js";
import type { ChatExportReport, ExportReport } from "./shapes.js";

/**
 * Writes what one can read to files.
 *
 * Until it is complete a file is called `<to>.part`, with a checkpoint beside it: killed at any byte, the same export goes
 * on where it was. `<to>.manifest.json` tells what a complete one holds, what it cost, and what is missing.
 */
export class ExportApi {
  readonly #telegram: Telegram;
  readonly #metrics: Metrics;
  readonly #perSecond: number;
  readonly #files: FileAccess;

  constructor(telegram: Telegram, metrics: Metrics, perSecond: number, files: FileAccess) {
    this.#telegram = telegram;
    this.#metrics = metrics;
    this.#perSecond = perSecond;
    this.#files = files;
  }

  /**
   * The messages of a chat, oldest first, as JSONL, JSON, CSV, Markdown or Telegram Desktop's `result.json`. Run again when
   * it is complete, it adds what is new. One request for each 100 messages, and one.
   *
   * Errors: `file_exists`, `file_error`, `path_not_allowed`, `checkpoint_mismatch`, `not_a_member`, `chat_not_found`, and those of every call.
   */
  async messages(chat: ChatRef, options: ExportMessagesOptions): Promise<ChatExportReport> {
    return exportMessages(this.#telegram, this.#metrics, chat, await confined(this.#files, options));
  }

  /**
   * The members of a group, supergroup or channel by ascending id, as JSONL, JSON or CSV. One request for each 200; more
   * where Telegram does not list them all. Run again, it makes the list anew.
   *
   * Errors: as {@link ExportApi.messages}.
   */
  async participants(chat: ChatRef, options: ExportParticipantsOptions): Promise<ChatExportReport> {
    return exportParticipants(this.#telegram, this.#metrics, chat, await confined(this.#files, options));
  }

  /** All chats of the account by ascending id, as JSONL, JSON or CSV. One request for each 100. */
  async dialogs(options: ExportChatsOptions): Promise<ExportReport> {
    return exportChats(this.#telegram, this.#metrics, "dialogs", await confined(this.#files, options));
  }

  /** The account's groups and supergroups, as {@link ExportApi.dialogs}. */
  async groups(options: ExportChatsOptions): Promise<ExportReport> {
    return exportChats(this.#telegram, this.#metrics, "groups", await confined(this.#files, options));
  }

  /** What exporting the messages of a chat costs at the least. One request. */
  estimate(chat: ChatRef, options: ReadOptions & { readonly limit?: number } = {}): Promise<ExportEstimate> {
    return estimateMessages(this.#telegram, this.#perSecond, chat, options);
  }

  /** What so many messages cost, without asking anybody. */
  costOf(messages: number): ExportEstimate {
    return costOf(messages, this.#perSecond);
  }
}
