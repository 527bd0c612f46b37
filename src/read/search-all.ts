import { z } from "zod";
import { definedOnly } from "../defined-only.js";
import { parseInput } from "../input.js";
import { isFromServiceChat, type Message } from "../models/message.js";
import { inputPeer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { instant, secondsFrom, type Instant } from "./instant.js";
import { Listing, type Page } from "./listing.js";
import { MEDIA_FILTERS, messagesFilter, type MediaFilter } from "./media-filter.js";
import { readAnswer, type MessagePage } from "./message-answer.js";
import { messageShape, type MessageShape } from "./message-options.js";
import { PAGE } from "./message-source.js";
import { optionsSchema, type ListOptions, type ReadOptions } from "./options.js";
import { readable } from "./scope.js";

/** What `client.read.searchAll` takes. */
export interface SearchAllOptions extends ListOptions, MessageShape {
  /** Only in chats of this kind. */
  readonly type?: "group" | "channel" | "user";
  /** Only messages with this kind of media. */
  readonly media?: MediaFilter;
  /** Only messages of this moment or later. */
  readonly since?: Instant;
  /** Only messages before this moment. */
  readonly until?: Instant;
  /**
   * Telegram's own chat too, which carries login codes. They are masked, but a message that is found by digits tells them;
   * `total()` counts it in any case. @defaultValue false
   */
  readonly includeServiceChat?: boolean;
  /** Where another listing of the same search left off. */
  readonly cursor?: string;
}

const CURSOR = /^(\d+):(-?\d+):(\d+)$/;

const schema = z.strictObject({
  ...optionsSchema,
  ...messageShape,
  type: z.enum(["group", "channel", "user"]).exactOptional(),
  media: z.enum(MEDIA_FILTERS).exactOptional(),
  since: instant.exactOptional(),
  until: instant.exactOptional(),
  includeServiceChat: z.boolean().default(false),
  cursor: z.string().regex(CURSOR, "is not a cursor of a search over all chats").exactOptional(),
});
type Query = Pick<z.output<typeof schema>, "type" | "media" | "since" | "until" | "markdown"> & {
  readonly q: string;
  readonly call: ReadOptions;
};

/** Telegram's place in such a search: rate, chat and id of the last message (core.telegram.org/api/offsets). */
interface Place {
  readonly rate: number;
  readonly chatId: number;
  readonly id: number;
}

/** The messages of all chats in which Telegram finds these words, newest first. */
export function searchAll(telegram: Telegram, query: string, options: SearchAllOptions = {}): Listing<Message> {
  const q = parseInput(z.string().trim().min(1), query, "query");
  const parsed = parseInput(schema, options, "options");
  const { limit = Infinity, cursor, includeServiceChat, signal, lane, deadline } = parsed;
  const call = definedOnly({ signal, lane, deadline });
  const search = new GlobalSearch(telegram, { ...parsed, q, call });
  return new Listing<Message>({
    limit,
    cursorOf: (message) => {
      const { rate, chatId, id } = placeOf(message);
      return `${rate}:${chatId}:${id}`;
    },
    total: async () => (await search.page(undefined, 1)).total,
    pages: async function* (): AsyncGenerator<Page<Message>> {
      let place = cursor === undefined ? undefined : parseCursor(cursor);
      for (;;) {
        const { items, ids, total, nextRate } = await search.page(place, PAGE);
        const shown = items.filter((one) => includeServiceChat || !isFromServiceChat(one));
        yield { items: readable(telegram, shown), total };
        const last = items.at(-1);
        if (last === undefined || ids.length < PAGE) return;
        place = { ...placeOf(last), ...(nextRate === undefined ? {} : { rate: nextRate }) };
      }
    },
  });
}

/** Where Telegram gives no rate of its own, it is the date. */
const placeOf = ({ date, chatId, id }: Message): Place => ({ rate: Date.parse(date) / 1000, chatId, id });

function parseCursor(cursor: string): Place {
  const [, rate, chatId, id] = CURSOR.exec(cursor) ?? [];
  return { rate: Number(rate), chatId: Number(chatId), id: Number(id) };
}

class GlobalSearch {
  constructor(
    readonly telegram: Telegram,
    readonly query: Query,
  ) {}

  async page(place: Place | undefined, limit: number): Promise<MessagePage> {
    const { telegram } = this;
    const { api } = telegram;
    const { type, media, since, until, markdown, call } = this.query;
    await telegram.scope?.ready(telegram, call);
    const peer = place === undefined ? undefined : await telegram.peers.resolve(place.chatId, call);
    const request = new api.messages.SearchGlobal({
      q: this.query.q,
      filter: messagesFilter(telegram, media),
      minDate: since === undefined ? 0 : secondsFrom(since) - 1,
      maxDate: until === undefined ? 0 : secondsFrom(until),
      offsetRate: place?.rate ?? 0,
      offsetPeer: peer === undefined ? new api.InputPeerEmpty() : inputPeer(telegram, peer),
      offsetId: place?.id ?? 0,
      limit,
      ...(type === "group" ? { groupsOnly: true } : {}),
      ...(type === "channel" ? { broadcastsOnly: true } : {}),
      ...(type === "user" ? { usersOnly: true } : {}),
    });
    return readAnswer(telegram, await telegram.invoke(request, call), markdown);
  }
}
