import type { Message } from "./message.js";

/**
 * The messages of one chat. Places are counted from the newest message, which is at 0; dates never fall as ids rise.
 */
export interface History {
  readonly count: number;
  /** The highest id ever given, 0 when there was none: ids of deleted messages are not given again. */
  readonly highestId: number;
  byId(id: number): Message | undefined;
  at(place: number): Message | undefined;
  /** How many messages have this id or a higher one: the place of the first message below it. */
  placeBelow(id: number): number;
  /** Takes a message with an id of its own; usually the next one. */
  add(message: Message): void;
  /** Puts an edited message in the place of the one with its id. */
  replace(message: Message): void;
  remove(id: number): boolean;
}

export const newest = (history: History): Message | undefined => history.at(0);

/** Newest first, from a place onwards. */
export function* fromPlace(history: History, place = 0): Generator<Message> {
  for (let at = Math.max(0, place); at < history.count; at++) {
    const message = history.at(at);
    if (message) yield message;
  }
}

/** Oldest first. */
export function* oldestFirst(history: History): Generator<Message> {
  for (let at = history.count - 1; at >= 0; at--) {
    const message = history.at(at);
    if (message) yield message;
  }
}

/** The place of the first message that is older than the date (seconds). */
export function placeBefore(history: History, date: number): number {
  let low = 0;
  let high = history.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((history.at(middle)?.date ?? 0) >= date) low = middle + 1;
    else high = middle;
  }
  return low;
}
