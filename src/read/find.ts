import type { ChatRef } from "../telegram/chat-ref.js";
import type { Peer } from "../telegram/peer.js";
import type { ResolveOptions } from "../telegram/peers.js";
import type { Telegram } from "../telegram/telegram.js";
import { notReadable } from "./scope.js";

/**
 * The chat that a reading names, if it may be read. Every reading finds its chats here.
 *
 * @throws {@link GuardError} `chat_not_found`, `chat_ambiguous`, `name_moved`, `not_allowed`, `input_invalid`
 */
export async function findChat(telegram: Telegram, ref: ChatRef, options: ResolveOptions): Promise<Peer> {
  const { scope, peers } = telegram;
  const peer = await peers.resolve(ref, options);
  if (scope === undefined) return peer;
  await scope.ready(telegram, options);
  if (!scope.allows(peer)) throw notReadable(peer.id);
  return peer;
}
