import { abortReason } from "../clock.js";
import type { Message } from "../models/message.js";
import type { Telegram } from "../telegram/telegram.js";
import type { UpdateFeed, UpdateListener } from "../telegram/updates-feed.js";
import type { BoxKey, ReadUpdates } from "../telegram/updates-read.js";
import { WatchBoxes } from "./watch-boxes.js";
import { WatchBuffer } from "./watch-buffer.js";
import { CatchUp } from "./watch-catch-up.js";
import type { WatchPosition } from "./watch-cursor.js";
import { WatchIntake, type WatchedMessage } from "./watch-intake.js";
import type { ParsedWatchOptions } from "./watch-options.js";
import { patienceFor } from "./watch-patience.js";
import { createSignal } from "./watch-signal.js";
import type { Start } from "./watch-start.js";
import { WatchTrail, type Step } from "./watch-trail.js";

interface Item extends Step {
  readonly message: WatchedMessage;
}

/** Updates that arrive before the start is known; beyond them it is asked for what they told. */
const HELD = 1000;

/** One watch at work: takes updates, asks for what is missing, and holds what the reader has not fetched yet. */
export class WatchRun implements UpdateListener {
  readonly #feed: UpdateFeed;
  readonly #buffer: WatchBuffer<Item>;
  readonly #trail = new WatchTrail();
  readonly #boxes: WatchBoxes;
  readonly #intake: WatchIntake;
  readonly #catchUp: CatchUp;
  readonly #wake = createSignal();
  readonly #ending = new AbortController();
  readonly #unfollow: () => void;
  #held: ReadUpdates[] | undefined = [];
  /** Updates were left at Telegram: the buffer was full, or there was no connection. */
  #isBehind = false;
  /** Kept when the watch is over. */
  #end: Omit<WatchPosition, "self"> | undefined;

  constructor(telegram: Telegram, feed: UpdateFeed, chats: ReadonlySet<number> | "all", options: ParsedWatchOptions) {
    this.#feed = feed;
    this.#buffer = new WatchBuffer(options.buffer);
    this.#intake = new WatchIntake(telegram, options, chats);
    const onNews = (key: BoxKey, from: number, news: Parameters<WatchIntake["fromNews"]>[0]): void => {
      this.#offer(key, from, this.#intake.fromNews(news));
    };
    this.#boxes = new WatchBoxes({
      feed,
      opens: chats === "all",
      wantsOwn: options.includeOwn,
      onNews,
      onDue: () => {
        this.#wake.notify();
      },
    });
    this.#catchUp = new CatchUp({
      telegram,
      boxes: this.#boxes,
      intake: this.#intake,
      call: { lane: "bulk", signal: this.#ending.signal },
      onNews,
      onMessage: (key, from, message: Message) => {
        this.#offer(key, from, this.#intake.accept(message));
      },
      room: () => this.#buffer.room(),
    });
    this.#unfollow = feed.follow(this);
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Where the reader stands. */
  position(self: number): WatchPosition {
    return { self, ...(this.#end ?? this.#position()) };
  }

  #position(): Omit<WatchPosition, "self"> {
    const pts = (key: BoxKey): number => this.#trail.ptsOf(key, this.#boxes.ptsOf(key) ?? 0);
    const hasCommon = this.#boxes.ptsOf("common") !== undefined;
    return {
      ...(hasCommon ? { common: { ...this.#catchUp.common, pts: pts("common") } } : {}),
      channels: new Map(this.#boxes.channels.map((id) => [id, pts(id)])),
      floors: new Map(this.#trail.floors),
    };
  }

  /** Goes to work from there. */
  begin({ common, channels, floors, isOld }: Start): void {
    for (const [chatId, id] of floors) {
      this.#intake.seen.set(chatId, id);
      this.#trail.floors.set(chatId, id);
    }
    for (const [id, pts] of channels) this.#boxes.open(id, pts);
    if (common !== undefined) {
      this.#boxes.open("common", common.pts);
      this.#catchUp.common = { qts: common.qts, date: common.date };
    }
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const read of held) this.#boxes.take(read);
    if (isOld || this.#isBehind) this.#boxes.allStale();
    this.#isBehind = false;
    this.#work().catch((error: unknown) => {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    });
  }

  async take(): Promise<WatchedMessage> {
    const item = await this.#buffer.take();
    this.#trail.handedOut(item);
    return item.message;
  }

  /** Nothing is left over: no listener, no timer, no request. */
  end(reason: Error): void {
    if (this.#ending.signal.aborted) return;
    this.#end = this.#position();
    this.#ending.abort(reason);
    this.#unfollow();
    this.#boxes.clear();
    this.#buffer.clear();
    this.#buffer.fail(reason);
    this.#wake.notify();
  }

  updates(read: ReadUpdates): void {
    if (this.#held !== undefined) {
      if (this.#held.length < HELD) this.#held.push(read);
      else this.#isBehind = true;
    } else if (this.#isBehind || this.#buffer.isFull) {
      this.#isBehind = true;
      this.#wake.notify();
    } else this.#boxes.take(read);
  }

  lost(): void {
    if (this.#held !== undefined) this.#isBehind = true;
    else this.#boxes.allStale();
  }

  closed(error: Error): void {
    this.end(error);
  }

  #offer(key: BoxKey, from: number, message: WatchedMessage | undefined): void {
    if (message === undefined || this.#isOver()) return;
    const { chatId, id, isEdit } = message;
    const item: Item = { key, from, chatId, message, ...(isEdit ? {} : { id }) };
    this.#trail.queued(item);
    this.#buffer.push(item);
  }

  /** What was fetched stays readable; then comes the error. */
  #fail(error: Error): void {
    this.#unfollow();
    this.#buffer.fail(error);
  }

  async #work(): Promise<void> {
    let failures = 0;
    while (!this.#isOver()) {
      try {
        await this.#buffer.room();
        const woken = this.#wake.wait();
        if (!(await this.#doNext())) await woken;
        failures = 0;
      } catch (error) {
        if (this.#isOver()) return;
        const explained = this.#catchUp.explain(error);
        const waitMs = patienceFor(explained, failures++);
        if (waitMs === undefined) throw explained;
        await this.#pause(waitMs, explained);
      }
    }
  }

  #isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  async #pause(waitMs: number, error: unknown): Promise<void> {
    try {
      await this.#feed.pause(waitMs, error instanceof Error ? error.message : "", this.signal);
    } catch (reason) {
      if (reason !== abortReason(this.signal)) throw reason;
    }
  }

  /** False when there is nothing to do. */
  async #doNext(): Promise<boolean> {
    const boxes = this.#boxes;
    if (this.#isBehind) {
      this.#isBehind = false;
      boxes.allStale();
    }
    if (boxes.restartDue) {
      await this.#catchUp.refillCommon();
      boxes.restartDue = false;
    } else if (boxes.surveyDue) await this.#survey();
    else if (boxes.due !== undefined) await this.#catchUp.ask(boxes.due);
    else return false;
    return true;
  }

  /** What is lost while it is under way makes another one due. */
  async #survey(): Promise<void> {
    this.#boxes.surveyDue = false;
    try {
      await this.#catchUp.survey();
    } catch (error) {
      this.#boxes.surveyDue = true;
      throw error;
    }
  }
}
