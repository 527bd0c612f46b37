import type { Api } from "telegram";
import type { Request } from "../call.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { findChat } from "./find.js";
import { foundOnce } from "./found-once.js";
import { readAnswer, type MessagePage } from "./message-answer.js";
import { messagesFilter, type MediaFilter } from "./media-filter.js";
import { withChat } from "./not-a-member.js";
import { isFromServiceChat } from "../models/message.js";
import type { ReadOptions } from "./options.js";
import { readable } from "./scope.js";

/** Which messages of a chat; without any of these the whole history. */
export interface Selection {
  readonly fromUser?: ChatRef;
  readonly search?: string;
  readonly media?: MediaFilter;
  /** First message of the thread or topic. */
  readonly thread?: number;
  /** Seconds of Unix time: this moment and later. */
  readonly since?: number;
  /** Seconds of Unix time: before this moment. */
  readonly until?: number;
  readonly markdown?: boolean;
}

/** A part of a list of messages (core.telegram.org/api/offsets). */
export interface Window {
  readonly offsetId?: number;
  /** Seconds of Unix time. Searches have their bounds in the request itself. */
  readonly offsetDate?: number;
  readonly addOffset?: number;
  readonly maxId?: number;
  readonly limit: number;
}

/** Telegram's own limit of messages in one answer. */
export const PAGE = 100;

/** Asks for the messages of one chat by the method that finds what is selected. */
export class MessageSource {
  readonly #peer: () => Promise<Peer>;
  readonly #from: (() => Promise<Peer>) | undefined;

  constructor(
    readonly telegram: Telegram,
    readonly chat: ChatRef,
    readonly call: ReadOptions,
    readonly selection: Selection = {},
  ) {
    const { fromUser } = selection;
    this.#peer = foundOnce(() => findChat(telegram, chat, call));
    this.#from = fromUser === undefined ? undefined : foundOnce(() => findChat(telegram, fromUser, call));
  }

  /** Whether Telegram searches, and so keeps to the bounds in time by itself. */
  get searches(): boolean {
    const { fromUser, search, media } = this.selection;
    return fromUser !== undefined || search !== undefined || media !== undefined;
  }

  /** One request. */
  async page(window: Window): Promise<MessagePage> {
    const { telegram, chat, call, selection } = this;
    const peer = inputPeer(telegram, await this.#peer());
    const answer = await withChat(chat, telegram.invoke(await this.#request(peer, window), call));
    const page = readAnswer(telegram, answer, selection.markdown ?? false);
    // What was found by its digits would tell them, masked or not.
    const found = selection.search === undefined ? page.items : page.items.filter((one) => !isFromServiceChat(one));
    const total = page.total - (page.items.length - found.length);
    // The comments below a channel's post are in another chat.
    return { ...page, total, items: readable(telegram, found) };
  }

  async #request(peer: Api.TypeInputPeer, window: Window): Promise<Request<Api.messages.TypeMessages>> {
    const { api, long } = this.telegram;
    const { thread } = this.selection;
    const { offsetId = 0, offsetDate = 0, addOffset = 0, maxId = 0, limit } = window;
    const part = { peer, offsetId, addOffset, limit, maxId, minId: 0, hash: long(0) };
    if (this.searches) return this.#search(part);
    if (thread !== undefined) return new api.messages.GetReplies({ ...part, offsetDate, msgId: thread });
    return new api.messages.GetHistory({ ...part, offsetDate });
  }

  async #search(
    part: ConstructorParameters<typeof Api.messages.Search>[0],
  ): Promise<Request<Api.messages.TypeMessages>> {
    const { telegram, selection } = this;
    const { search: q = "", media, thread, since, until } = selection;
    const from = await this.#from?.();
    return new telegram.api.messages.Search({
      ...part,
      q,
      filter: messagesFilter(telegram, media),
      // Telegram leaves out both bounds.
      minDate: since === undefined ? 0 : since - 1,
      maxDate: until ?? 0,
      ...(from === undefined ? {} : { fromId: inputPeer(telegram, from) }),
      ...(thread === undefined ? {} : { topMsgId: thread }),
    });
  }
}
