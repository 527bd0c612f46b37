import { parseInput } from "../input.js";
import type { Message } from "../models/message.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { secondsFrom } from "./instant.js";
import { Listing } from "./listing.js";
import { messagesSchema, type MessagesOptions } from "./message-options.js";
import { MessageSource } from "./message-source.js";
import { newestFirst, oldestFirst, type Bounds } from "./message-walk.js";

/**
 * The messages of a chat, of one of its topics or threads, or those of them that a search finds.
 *
 * @param ahead asks for the next page while the reader still works on the last one: for readers that want them all
 */
export function messages(
  telegram: Telegram,
  chat: ChatRef,
  options: MessagesOptions = {},
  ahead = false,
): Listing<Message> {
  const parsed = parseInput(messagesSchema, options, "options");
  const { limit, order, minId, maxId, cursor, includeService, since: sinceMs, until: untilMs, ...rest } = parsed;
  const { topic, fromUser, search, media, markdown, ...call } = rest;
  const dates = {
    ...(sinceMs === undefined ? {} : { since: secondsFrom(sinceMs) }),
    ...(untilMs === undefined ? {} : { until: secondsFrom(untilMs) }),
  };
  const source = new MessageSource(telegram, chat, call, {
    markdown,
    ...dates,
    ...(topic === undefined ? {} : { thread: topic }),
    ...(fromUser === undefined ? {} : { fromUser }),
    ...(search === undefined ? {} : { search }),
    ...(media === undefined ? {} : { media }),
  });
  const start = cursor === undefined ? undefined : Number(cursor);
  const isNewest = order === "newest";
  const bounds: Bounds = {
    aboveId: isNewest ? minId : Math.max(start ?? 0, minId),
    belowId: isNewest ? (start ?? maxId) : maxId,
    since: dates.since,
    until: dates.until,
    limit: limit ?? Infinity,
    includeService,
    resumed: start !== undefined,
    ahead,
  };
  return new Listing<Message>({
    limit: limit ?? Infinity,
    cursorOf: ({ id }) => String(id),
    total: async () => (await source.page({ limit: 1 })).total,
    pages: () => (isNewest ? newestFirst(source, bounds) : oldestFirst(source, bounds)),
  });
}
