import type { Listing, Message } from "tg-guarded";
import { z } from "zod";
import { collect } from "./collect.js";
import { defined } from "./defined.js";
import { messageSchema, showMessage, type MessageField } from "./messages.js";
import type { ToolCall } from "./tool.js";

/** What every tool answers that lists messages. */
export const messageList = {
  count: z.int(),
  messages: z.array(messageSchema),
  next_cursor: z
    .string()
    .regex(/^[\d:-]+$/)
    .optional()
    .describe("There may be more: call again with it as cursor."),
};

interface Asked {
  readonly limit: number;
  readonly fields: readonly MessageField[];
  /** The messages are of several chats, or of another one than was named. */
  readonly withChat?: boolean;
}

/** As many messages of the listing as were asked for and have room. */
export async function listMessages(listing: Listing<Message>, { limit, fields, withChat }: Asked, call: ToolCall) {
  const show = showMessage(fields, { withChat });
  const { items, nextCursor } = await collect(listing, limit, call, show);
  return defined({ count: items.length, messages: [...items], next_cursor: nextCursor });
}

interface Reading {
  readonly fields: readonly MessageField[];
  readonly cursor?: string | undefined;
}

/** How the package is to list messages of a chat. */
export const listingOptions = ({ fields, cursor }: Reading, { signal }: ToolCall) => ({
  markdown: fields.includes("markdown"),
  includeService: fields.includes("service"),
  signal,
  ...defined({ cursor }),
});
