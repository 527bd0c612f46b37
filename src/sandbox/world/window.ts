import { placeBefore, type History } from "./history.js";
import type { Message } from "./message.js";

/** Which messages a client wants of a history (core.telegram.org/api/offsets). */
export interface Window {
  readonly offset_id: number;
  readonly offset_date?: number;
  readonly add_offset: number;
  readonly limit: number;
  readonly max_id: number;
  readonly min_id: number;
}

/** Telegram gives no more messages than this in one answer. */
const PAGE_LIMIT = 100;

export interface Page {
  /** Newest first. */
  readonly messages: readonly Message[];
  /** How many there are in all. */
  readonly count: number;
  /** How many are newer than the first one here. */
  readonly place: number;
}

export function cut(history: History, window: Window): Page {
  const newerThanAll = window.max_id > 0 ? history.placeBelow(window.max_id) : 0;
  const end = window.min_id > 0 ? history.placeBelow(window.min_id + 1) : history.count;
  const wanted = Math.max(startOf(history, window), newerThanAll) + window.add_offset;
  const from = Math.max(wanted, newerThanAll);
  const limit = Math.min(Math.max(window.limit, 0), PAGE_LIMIT);
  const messages: Message[] = [];
  for (let place = from; place < Math.min(wanted + limit, end); place++) {
    const message = history.at(place);
    if (message) messages.push(message);
  }
  return { messages, count: history.count, place: from };
}

function startOf(history: History, window: Window): number {
  if (window.offset_id > 0) return history.placeBelow(window.offset_id);
  return window.offset_date ? placeBefore(history, window.offset_date) : 0;
}
