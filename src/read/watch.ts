import { abortReason } from "../clock.js";
import { GuardError } from "../errors.js";
import { parseInput } from "../input.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import type { UpdateFeed } from "../telegram/updates-feed.js";
import { foundOnce } from "./found-once.js";
import { readCursor, writeCursor } from "./watch-cursor.js";
import type { WatchedMessage } from "./watch-intake.js";
import { watchedSchema, watchSchema, type ParsedWatchOptions, type WatchOptions } from "./watch-options.js";
import { WatchRun } from "./watch-run.js";
import { findChats, startOf } from "./watch-start.js";

/** One chat, several, or every chat of the account. */
export type WatchedChats = ChatRef | readonly ChatRef[];

/**
 * The new messages of chats as they are written, each once and in the order of its chat, also when the connection breaks
 * in between. It begins when it is iterated, or with {@link Watch.ready}, and ends when the loop is left, the signal
 * aborts or the client closes. While nothing happens it sends nothing.
 *
 * Edits that happened during a gap too long for Telegram's memory are not told; new messages are.
 *
 * @example
 * ```ts
 * const news = await client.read.watch("all").ready();
 * sandbox.world.post("@tidewater_lab", { from: "@priya_raman", text: "Low water at six" }); // somebody writes
 * for await (const { chatId, senderName, text } of news) {
 *   console.log(chatId, senderName, text);
 *   break;
 * }
 * ```
 */
export class Watch implements AsyncIterable<WatchedMessage> {
  readonly #telegram: Telegram;
  readonly #feed: UpdateFeed;
  readonly #chats: readonly ChatRef[] | "all";
  readonly #options: ParsedWatchOptions;
  readonly #run = foundOnce(() => this.#begin());
  #begun: WatchRun | undefined;

  /** @internal */
  constructor(telegram: Telegram, feed: UpdateFeed, chats: readonly ChatRef[] | "all", options: ParsedWatchOptions) {
    this.#telegram = telegram;
    this.#feed = feed;
    this.#chats = chats;
    this.#options = options;
  }

  /**
   * After the last message handed out: pass it as `from` to go on from there, in another process too. An edit may then
   * be told again. `undefined` before the watch has begun.
   */
  get cursor(): string | undefined {
    const { selfId } = this.#telegram;
    if (this.#begun === undefined || selfId === undefined) return this.#options.from;
    return writeCursor(this.#begun.position(selfId));
  }

  /**
   * Resolves once the watch has begun: whatever is written from then on is yielded.
   *
   * Errors: as {@link ReadApi.watch}, `chat_not_found`, and those of every call ({@link GuardError}).
   *
   * @example
   * ```ts
   * const watch = await client.read.watch("all").ready();
   * console.log(watch.cursor); // what is written from now on comes after it
   * ```
   */
  async ready(): Promise<this> {
    await this.#run();
    return this;
  }

  /**
   * Each new message, once. Ends with an error when a chat cannot be followed any more (`messages_missed`), with
   * `signal.reason` when the signal aborts.
   *
   * @example
   * ```ts
   * const watch = await client.read.watch("@tidewater_lab").ready();
   * sandbox.world.post("@tidewater_lab", { from: "@priya_raman", text: "Slack water" });
   * for await (const { text } of watch) {
   *   console.log(text);
   *   break;
   * }
   * ```
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<WatchedMessage, void, undefined> {
    const run = await this.#run();
    try {
      for (;;) yield await run.take();
    } finally {
      run.end(new DOMException("The watch is over.", "AbortError"));
    }
  }

  async #begin(): Promise<WatchRun> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const position = await this.#from();
    // The updates of this moment must not be missed while the chats are being looked up.
    const early = this.#chats === "all" ? "all" : new Set<number>();
    const run = new WatchRun(this.#telegram, this.#feed, early, this.#options);
    this.#endWith(run);
    try {
      const call = { lane: "bulk", signal: run.signal } as const;
      const { includeServiceChat } = this.#options;
      await this.#telegram.scope?.ready(this.#telegram, call);
      const chats =
        this.#chats === "all" ? "all" : await findChats(this.#telegram, this.#chats, includeServiceChat, call);
      if (chats !== "all" && early !== "all") for (const { id } of chats) early.add(id);
      const start = await startOf(this.#telegram, chats, position, call);
      // What has ended meanwhile stands nowhere, and its cursor stays the one it was given.
      run.signal.throwIfAborted();
      run.begin(start);
    } catch (error) {
      run.end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
    this.#begun = run;
    return run;
  }

  async #from() {
    const { from } = this.#options;
    if (from === undefined) return undefined;
    if (this.#telegram.selfId === undefined) await this.#telegram.me();
    return readCursor(from, this.#telegram.selfId ?? 0);
  }

  /** The caller's signal ends the run, and the end of the run takes the listener off. */
  #endWith(run: WatchRun): void {
    const { signal } = this.#options;
    if (signal === undefined) return;
    const onAbort = (): void => {
      run.end(abortReason(signal));
    };
    signal.addEventListener("abort", onAbort, { once: true, signal: run.signal });
    if (signal.aborted) onAbort();
  }
}

/** @throws {@link GuardError} `input_invalid` */
export function watch(telegram: Telegram, chats: WatchedChats, options: WatchOptions = {}): Watch {
  const parsed = parseInput(watchSchema, options, "options");
  const watched = parseInput(watchedSchema, chats, "chats");
  if (telegram.updates === undefined) throw notReceiving();
  const list = typeof watched === "object" ? watched : [watched];
  return new Watch(telegram, telegram.updates, list.length === 1 && list[0] === "all" ? "all" : list, parsed);
}

const notReceiving = (): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", "This client receives no updates, so it cannot watch.", {
    details: { path: "receiveUpdates" },
    nextStep: "Open the client with receiveUpdates: true, or set TG_RECEIVE_UPDATES=1.",
  });
