import type { Listing } from "tg-guarded";
import { FRAME_CHARS } from "./fitting.js";
import { roomOf } from "./room.js";
import type { ToolCall } from "./tool.js";

export interface Collected<R> {
  readonly items: readonly R[];
  /** Where the next call goes on; absent at the end. */
  readonly nextCursor: string | undefined;
}

/**
 * Reads a listing until it ends, the limit is reached, or the result has no more room. The first item is always taken: a
 * caller who got nothing could not go on.
 */
export async function collect<T, R>(
  listing: Listing<T>,
  limit: number,
  { roomChars, progress, signal }: ToolCall,
  show: (item: T) => R,
): Promise<Collected<R>> {
  const items: R[] = [];
  let room = roomChars - FRAME_CHARS;
  let cursor: string | undefined;
  for await (const item of listing) {
    signal.throwIfAborted();
    const shown = show(item);
    room -= roomOf(shown) + 1;
    if (room < 0 && items.length > 0) return { items, nextCursor: cursor };
    items.push(shown);
    cursor = listing.cursor;
    progress(items.length, Number.isFinite(limit) ? limit : undefined);
    if (items.length >= limit) return { items, nextCursor: cursor };
  }
  return { items, nextCursor: undefined };
}
