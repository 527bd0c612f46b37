import { GuardError, isGuardError } from "../errors.js";
import type { Message } from "../models/message.js";
import type { Peer } from "../telegram/peer.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import type { BoxKey, News } from "../telegram/updates-read.js";
import { messages } from "./messages.js";
import type { WatchBoxes } from "./watch-boxes.js";
import type { CommonState } from "./watch-cursor.js";
import { channelDifference, commonDifference } from "./watch-difference.js";
import type { WatchIntake } from "./watch-intake.js";
import { allChats, survey } from "./watch-survey.js";

export interface CatchUpOptions {
  readonly telegram: Telegram;
  readonly boxes: WatchBoxes;
  readonly intake: WatchIntake;
  readonly call: InvokeOptions & { readonly signal: AbortSignal };
  readonly onNews: (key: BoxKey, from: number, news: News) => void;
  readonly onMessage: (key: BoxKey, from: number, message: Message) => void;
  /** Resolves when more may come. */
  readonly room: () => Promise<void>;
}

/** Asks Telegram for what was missed. */
export class CatchUp {
  /** Where the common sequence stands, beside its pts. */
  common: Omit<CommonState, "pts"> = { qts: 0, date: 0 };

  constructor(readonly options: CatchUpOptions) {}

  /** Compares the channels' counts with Telegram's, so that only those behind are asked for. */
  async survey(): Promise<void> {
    const { telegram, boxes, intake, call } = this.options;
    const peers: Peer[] = [];
    for (const id of boxes.channels) peers.push(await telegram.peers.resolve(id, call));
    // A chat that the account has left is none of all its chats any more; one that was named is missed.
    const isAll = intake.chats === "all";
    const states = await survey(telegram, peers, call, isAll ? "leave out" : "throw");
    for (const { chatId, pts } of states) if (pts !== undefined) boxes.told(chatId, pts);
    const found = new Set(states.map(({ chatId }) => chatId));
    for (const { id } of isAll ? peers : []) if (!found.has(id)) boxes.remove(id);
  }

  /** One request for what was missed of a sequence; when it is too long ago, the messages are read from the history. */
  async ask(key: BoxKey): Promise<void> {
    const { telegram, boxes, call, onNews } = this.options;
    const from = boxes.ptsOf(key);
    if (from === undefined) return;
    const difference =
      key === "common"
        ? await commonDifference(telegram, { ...this.common, pts: from }, call)
        : await channelDifference(telegram, await telegram.peers.resolve(key, call), from, call);
    if (boxes.ptsOf(key) === undefined) return;
    if ("tooLong" in difference) {
      await (key === "common" ? this.refillCommon() : this.#refillChannel(key, from, difference.pts));
      return;
    }
    const { news, others, pts, state, final } = difference;
    for (const one of news) onNews(key, from, one);
    if (state !== undefined) this.common = { qts: state.qts, date: state.date };
    boxes.answered(key, pts, final, state?.seq);
    if (others !== undefined) boxes.take(others);
  }

  /** Reads what is newer than what was seen in every watched private chat and basic group. */
  async refillCommon(): Promise<void> {
    const { telegram, boxes, intake, call } = this.options;
    const from = boxes.ptsOf("common");
    if (from === undefined) return;
    const { pts, qts, date, seq } = await telegram.invoke(new telegram.api.updates.GetState(), call);
    const chats = (await allChats(telegram, call)).filter(
      ({ chatId, peer: { kind } }) => (kind === "user" || kind === "group") && intake.watches(chatId),
    );
    // Ids of this sequence rise over all its chats: what is missing from a chat not seen yet has a higher one.
    const highest = Math.max(0, ...chats.map(({ chatId }) => intake.seen.get(chatId) ?? 0));
    for (const { chatId } of chats) if (!intake.seen.has(chatId)) intake.seen.set(chatId, highest);
    for (const { chatId, topId } of chats) {
      if (topId > (intake.seen.get(chatId) ?? 0)) await this.#readNewer("common", from, chatId);
    }
    this.common = { qts, date };
    boxes.answered("common", pts, true, seq);
  }

  async #refillChannel(key: number, from: number, told: number | undefined): Promise<void> {
    const { telegram, boxes, intake, call } = this.options;
    const pts = told ?? (await survey(telegram, [await telegram.peers.resolve(key, call)], call))[0]?.pts;
    if (pts === undefined || !intake.seen.has(key)) throw missed(key, intake.seen.get(key));
    await this.#readNewer(key, from, key);
    boxes.answered(key, pts, true);
  }

  async #readNewer(key: BoxKey, from: number, chatId: number): Promise<void> {
    const { telegram, intake, call, onMessage, room } = this.options;
    const { markdown } = intake.options;
    const minId = intake.seen.get(chatId) ?? 0;
    const newer = messages(telegram, chatId, { signal: call.signal, lane: "bulk", minId, order: "oldest", markdown });
    for await (const { items } of newer.pages()) {
      for (const message of items) onMessage(key, from, message);
      await room();
    }
  }

  /** A chat that may not be read any more is followed no longer, and said to be. */
  explain(error: unknown): unknown {
    if (!isGuardError(error, "not_a_member")) return error;
    const chatId = Number(error.details.chat);
    this.options.boxes.remove(chatId);
    return missed(chatId, this.options.intake.seen.get(chatId), error);
  }
}

const missed = (chatId: number, afterId: number | undefined, cause?: Error): GuardError<"messages_missed"> =>
  new GuardError("messages_missed", `New messages of ${chatId} cannot be read.`, {
    details: { chatId, ...(afterId === undefined ? {} : { afterId }) },
    nextStep: "Watch again from the cursor: the chat is left out there. Look into it with read.messages.",
    ...(cause === undefined ? {} : { cause }),
  });
