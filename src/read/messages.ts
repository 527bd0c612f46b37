import type { Api } from "telegram";
import { z } from "zod";
import { parseInput } from "../input.js";
import { toMessage, type Message } from "../models/message.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { Listing, type Page } from "./listing.js";
import { withChat } from "./not-a-member.js";
import { optionsSchema, type ReadOptions } from "./options.js";

export interface MessagesOptions extends ReadOptions {
  /** At the most so many messages. @defaultValue all */
  readonly limit?: number;
  /** @defaultValue "newest" */
  readonly order?: "newest" | "oldest";
  /** Only messages with a higher id. */
  readonly minId?: number;
  /** Only messages with a lower id. */
  readonly maxId?: number;
  /** Where another listing of this chat, in the same order, left off. */
  readonly cursor?: string;
}

const schema = z.strictObject({
  ...optionsSchema,
  order: z.enum(["newest", "oldest"]).default("newest"),
  minId: z.int().min(0).default(0),
  maxId: z.int().min(1).exactOptional(),
  cursor: z.string().regex(/^\d+$/, "is not a cursor of a listing of messages").exactOptional(),
});

/** Telegram's own limit of messages in one answer. */
const PAGE = 100;

/** The history of a chat. Service messages (somebody joined, a title changed) are part of it. */
export function messages(telegram: Telegram, chat: ChatRef, options: MessagesOptions = {}): Listing<Message> {
  const { limit, order, minId, maxId, cursor, ...call } = parseInput(schema, options, "options");
  const history = new History(telegram, chat, call);
  const start = cursor === undefined ? undefined : Number(cursor);
  return new Listing<Message>({
    limit: limit ?? Infinity,
    cursorOf: ({ id }) => String(id),
    total: async () => (await history.page({ limit: 1 })).total,
    pages: () =>
      order === "newest"
        ? history.newestFirst(start ?? maxId, minId, limit)
        : history.oldestFirst(Math.max(start ?? 0, minId), maxId),
  });
}

/** The id below which a chat's newest `count` messages do not reach: 0 when there are no more than that. One request. */
export async function idBelowNewest(
  telegram: Telegram,
  chat: ChatRef,
  count: number,
  call: ReadOptions,
): Promise<number> {
  const { ids } = await new History(telegram, chat, call).page({ addOffset: count, limit: 1 });
  return ids[0] ?? 0;
}

/** The parameters of messages.getHistory (core.telegram.org/api/offsets). */
interface Window {
  readonly offsetId?: number;
  readonly addOffset?: number;
  readonly limit: number;
}

class History {
  #peer: Promise<Peer> | undefined;

  constructor(
    readonly telegram: Telegram,
    readonly chat: ChatRef,
    readonly call: ReadOptions,
  ) {}

  async *newestFirst(before: number | undefined, minId: number, limit = Infinity): AsyncGenerator<Page<Message>> {
    let offsetId = before ?? 0;
    for (let left = limit; left > 0;) {
      const size = Math.min(PAGE, left);
      const { items, total, ids } = await this.page({ offsetId, limit: size });
      const fresh = items.filter(({ id }) => id > minId);
      left -= fresh.length;
      yield { items: fresh, total };
      const lowest = ids.at(-1);
      if (lowest === undefined || ids.length < size || lowest <= minId + 1) return;
      offsetId = lowest;
    }
  }

  /** Telegram counts windows from the newest message down: the next older page lies `PAGE` above the last id seen. */
  async *oldestFirst(after: number, before = Infinity): AsyncGenerator<Page<Message>> {
    for (let last = after; ;) {
      const { items, total, ids } = await this.page({ offsetId: last + 1, addOffset: -PAGE, limit: PAGE });
      const fresh = items.filter(({ id }) => id > last && id < before).reverse();
      yield { items: fresh, total };
      const highest = ids[0];
      if (highest === undefined || highest <= last || highest >= before - 1 || ids.length < PAGE) return;
      last = highest;
    }
  }

  /** One request. `ids` tells all that came, also what is gone and makes no message. */
  async page({ offsetId = 0, addOffset = 0, limit }: Window): Promise<Page<Message> & { ids: readonly number[] }> {
    const { api, long } = this.telegram;
    const peer = await (this.#peer ??= this.telegram.peers.resolve(this.chat, this.call));
    const request = new api.messages.GetHistory({
      peer: inputPeer(this.telegram, peer),
      offsetId,
      addOffset,
      limit,
      offsetDate: 0,
      maxId: 0,
      minId: 0,
      hash: long(0),
    });
    const answer = await withChat(this.chat, this.telegram.invoke(request, this.call));
    if (answer.className === "messages.MessagesNotModified") return { items: [], total: answer.count, ids: [] };
    this.telegram.peers.learn(answer.users, answer.chats);
    const found = answer.messages.flatMap((message) => toMessage(message, this.telegram.selfId) ?? []);
    return { items: found, total: totalOf(answer), ids: answer.messages.map(({ id }) => id) };
  }
}

const totalOf = (answer: Exclude<Api.messages.TypeMessages, Api.messages.MessagesNotModified>): number =>
  answer.className === "messages.Messages" ? answer.messages.length : answer.count;
