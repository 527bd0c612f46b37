import { messageId } from "./message-id.js";
import { z } from "zod";
import type { ChatRef } from "../telegram/chat-ref.js";
import { instant, type Instant } from "./instant.js";
import { MEDIA_FILTERS, type MediaFilter } from "./media-filter.js";
import { optionsSchema, type ReadOptions } from "./options.js";

/** How messages are shown. */
export interface MessageShape {
  /** Adds `markdown` to each message. @defaultValue false */
  readonly markdown?: boolean;
}

/** What `client.read.messages` takes. */
export interface MessagesOptions extends ReadOptions, MessageShape {
  /** At the most so many messages. @defaultValue all */
  readonly limit?: number;
  /** @defaultValue "newest" */
  readonly order?: "newest" | "oldest";
  /** Only messages with a higher id. */
  readonly minId?: number;
  /** Only messages with a lower id. */
  readonly maxId?: number;
  /** Only messages of this moment or later. */
  readonly since?: Instant;
  /** Only messages before this moment. */
  readonly until?: Instant;
  /** Only messages of this person, bot or channel. */
  readonly fromUser?: ChatRef;
  /** Only messages with these words. Telegram decides what matches. */
  readonly search?: string;
  /** Only messages of this topic: its id. */
  readonly topic?: number;
  /** Only messages with this kind of media. */
  readonly media?: MediaFilter;
  /** Service messages too: somebody joined, a title changed. @defaultValue true */
  readonly includeService?: boolean;
  /** Where another listing of this chat, with the same options, left off. */
  readonly cursor?: string;
}

export const chatRef = z.union([z.string(), z.number()]);

export const messageShape = { markdown: z.boolean().default(false) };

export const messagesSchema = z.strictObject({
  ...optionsSchema,
  ...messageShape,
  order: z.enum(["newest", "oldest"]).default("newest"),
  minId: z.int().min(0).default(0),
  maxId: messageId.exactOptional(),
  since: instant.exactOptional(),
  until: instant.exactOptional(),
  fromUser: chatRef.exactOptional(),
  search: z.string().trim().min(1).exactOptional(),
  topic: messageId.exactOptional(),
  media: z.enum(MEDIA_FILTERS).exactOptional(),
  includeService: z.boolean().default(true),
  cursor: z.string().regex(/^\d+$/, "is not a cursor of a listing of messages").exactOptional(),
});
