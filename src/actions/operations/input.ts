import { z } from "zod";
import { messageId } from "../../read/message-id.js";
import { withChat } from "../../read/not-a-member.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";

/** How a caller names a chat or a person. */
export const chatRef = z.union([z.string(), z.int()]);

export { messageId };

/** Telegram takes 100 ids in one request. The order they were named in says nothing. */
export const messageIds = z
  .array(messageId)
  .min(1, "names no message")
  .max(100, "names more than 100 messages")
  .transform((ids) => [...new Set(ids)].sort((one, other) => one - other));

/** Tells apart two actions of the same content that are both meant. */
export const idempotencyKey = z.string().min(1).exactOptional();

/** Finds whom a write names, and keeps it: who carries out what was approved may be another process, later. */
export async function resolveChat(telegram: Telegram, chat: ChatRef, signal: AbortSignal): Promise<Peer> {
  const peer = await withChat(chat, telegram.peers.resolve(chat, { signal }));
  await telegram.peers.keep([peer.id]);
  return peer;
}
