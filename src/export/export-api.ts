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
 *
 * @example
 * ```ts
 * const { complete, count, missing } = await client.export.messages("@tidewater_lab", { to: "lab.jsonl" });
 * console.log(complete ? `all ${count} messages` : missing);
 * ```
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
   * Errors: `file_exists`, `file_error`, `path_not_allowed`, `checkpoint_mismatch`, `export_busy`, `input_invalid`,
   * `chat_not_found`, `chat_ambiguous`, `name_moved`, `not_a_member`, `not_allowed`, and those of every call
   * ({@link GuardError}).
   *
   * @example
   * ```ts
   * const report = await client.export.messages("@tidewater_lab", {
   *   to: "lab.csv",
   *   since: "2025-05-01",
   *   onProgress: ({ done, total }) => console.log(`${done} of ${total}`),
   * });
   * console.log(report.count, report.requests);
   * ```
   */
  async messages(chat: ChatRef, options: ExportMessagesOptions): Promise<ChatExportReport> {
    return exportMessages(this.#telegram, this.#metrics, chat, await confined(this.#files, options));
  }

  /**
   * The members of a group, supergroup or channel by ascending id, as JSONL, JSON or CSV. One request for each 200; more
   * where Telegram does not list them all. Run again, it makes the list anew.
   *
   * Errors: as {@link ExportApi.messages}.
   *
   * @example
   * ```ts
   * const { count, missing } = await client.export.participants("@tidewater_lab", { to: "members.csv" });
   * ```
   */
  async participants(chat: ChatRef, options: ExportParticipantsOptions): Promise<ChatExportReport> {
    return exportParticipants(this.#telegram, this.#metrics, chat, await confined(this.#files, options));
  }

  /**
   * All chats of the account by ascending id, as JSONL, JSON or CSV. One request for each 100.
   *
   * Errors: as {@link ExportApi.messages}, without those about a chat.
   *
   * @example
   * ```ts
   * const { count } = await client.export.dialogs({ to: "dialogs.json" });
   * ```
   */
  async dialogs(options: ExportChatsOptions): Promise<ExportReport> {
    return exportChats(this.#telegram, this.#metrics, "dialogs", await confined(this.#files, options));
  }

  /**
   * The account's groups and supergroups, as {@link ExportApi.dialogs}.
   *
   * @example
   * ```ts
   * const { count } = await client.export.groups({ to: "groups.csv" });
   * ```
   */
  async groups(options: ExportChatsOptions): Promise<ExportReport> {
    return exportChats(this.#telegram, this.#metrics, "groups", await confined(this.#files, options));
  }

  /**
   * What exporting the messages of a chat costs at the least. One request.
   *
   * Errors: as the readings of {@link ReadApi}.
   *
   * @example
   * ```ts
   * const { requests, minutes } = await client.export.estimate("@tidewater_lab");
   * console.log(`${requests} requests, ${minutes} minutes`);
   * ```
   */
  estimate(chat: ChatRef, options: ReadOptions & { readonly limit?: number } = {}): Promise<ExportEstimate> {
    return estimateMessages(this.#telegram, this.#perSecond, chat, options);
  }

  /**
   * What so many messages cost, without asking anybody.
   *
   * @example
   * ```ts
   * const { requests } = client.export.costOf(100_000); // 1001
   * ```
   */
  costOf(messages: number): ExportEstimate {
    return costOf(messages, this.#perSecond);
  }
}
