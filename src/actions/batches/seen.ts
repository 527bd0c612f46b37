import type { Message } from "../../models/message.js";
import { digestOf } from "../digest.js";
import type { ItemPayload } from "./batch-target.js";
import { ItemEnded } from "./item-ended.js";

/** 96 bits: short enough to keep for each of many messages, and nobody finds another text with the same. */
const MARK_LENGTH = 24;

/**
 * What a message says, in a hash: another one after every edit. Votes of a poll and previews of pages, which change by
 * themselves in the days that a batch may wait, are none of it.
 */
export const markOf = ({ id, editDate, text, entities = [], media }: Message): string =>
  digestOf([id, editDate ?? null, text, JSON.stringify(entities), [media?.type ?? null, media?.fileId ?? null]]).slice(
    0,
    MARK_LENGTH,
  );

/** A mark for each of these ids, in their order; empty where there is no such message. */
export function marksOf(ids: readonly number[], there: readonly Message[]): readonly string[] {
  const marks = new Map(there.map((message) => [message.id, markOf(message)]));
  return ids.map((id) => marks.get(id) ?? "");
}

/**
 * Only what was approved is deleted: a message that was edited since, or came under an id that was empty, ends the whole
 * item. What is gone meanwhile does not matter.
 *
 * @throws ItemEnded
 */
export function assertAsSeen({ seen = [] }: ItemPayload, now: readonly Message[]): void {
  const approved = new Set(seen);
  if (now.some((message) => !approved.has(markOf(message)))) throw new ItemEnded(EDITED_SINCE);
}

/** How an item ends whose messages are not those that were approved. */
export const EDITED_SINCE = { status: "failed", code: "edited_since" } as const;
