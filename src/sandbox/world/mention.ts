import type { Dialog } from "./mailbox.js";
import { fromPlace } from "./history.js";
import type { Message } from "./message.js";
import type { World } from "./world.js";

/** Whether a message in a group calls an account by name, or answers it (core.telegram.org/api/mentions). */
export function mentions(world: World, message: Message, accountId: number): boolean {
  const { from, answers, entities, text, action } = message;
  if (action || (from?.kind === "user" && from.id === accountId)) return false;
  if (answers === accountId) return true;
  if (!entities) return false;
  const name = world.users.get(accountId)?.username?.toLowerCase();
  return entities.some((entity) => {
    if (entity._ === "messageEntityMentionName") return entity.user_id === BigInt(accountId);
    if (entity._ !== "messageEntityMention" || name === undefined) return false;
    return text.slice(entity.offset + 1, entity.offset + entity.length).toLowerCase() === name;
  });
}

/** Mentions that have not been looked at yet, newest first. In private chats everything is for the other one anyway. */
export function unseenMentions(world: World, { peer, history, seen, seenUpTo }: Dialog, accountId: number): Message[] {
  if (peer.kind === "user") return [];
  const found: Message[] = [];
  for (const message of fromPlace(history)) {
    if (message.id <= seenUpTo) break;
    if (!seen.has(message.id) && mentions(world, message, accountId)) found.push(message);
  }
  return found;
}
