import { z } from "zod";
import { chatRef, messageShape, type MessageShape } from "./message-options.js";

/** What `client.read.watch` takes. */
export interface WatchOptions extends MessageShape {
  /** Ends the watch: the iteration rejects with its reason. */
  readonly signal?: AbortSignal;
  /** The `cursor` of an earlier watch over the same chats: goes on after it, with what came meanwhile. */
  readonly from?: string;
  /** What this account writes itself, too; notes in the chat with oneself come always. @defaultValue false */
  readonly includeOwn?: boolean;
  /** Edited messages too, marked by `isEdit`. @defaultValue false */
  readonly includeEdits?: boolean;
  /** Service messages too: somebody joined, a title changed. @defaultValue true */
  readonly includeService?: boolean;
  /** Telegram's own chat too, which carries login codes; they are masked in any case. @defaultValue false */
  readonly includeServiceChat?: boolean;
  /**
   * So many messages are held for a reader that is slower than the chats. What comes beyond them stays at Telegram, and is
   * asked for later. @defaultValue 10_000
   */
  readonly buffer?: number;
}

export const watchSchema = z.strictObject({
  ...messageShape,
  signal: z.instanceof(AbortSignal).exactOptional(),
  from: z.string().exactOptional(),
  includeOwn: z.boolean().default(false),
  includeEdits: z.boolean().default(false),
  includeService: z.boolean().default(true),
  includeServiceChat: z.boolean().default(false),
  buffer: z.int().min(1).max(1_000_000).default(10_000),
});

/** Chats to watch; `all` is every chat of the account. */
export const watchedSchema = z.union([chatRef, z.array(chatRef).min(1, "names no chat")]);

export type ParsedWatchOptions = z.output<typeof watchSchema>;
