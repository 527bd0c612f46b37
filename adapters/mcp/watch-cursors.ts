import { createHash } from "node:crypto";

/** What a model can be trusted to copy. */
const SHORT_CHARS = 1000;
/** Those before are forgotten. */
const KEPT = 100;
const HANDLE = /^kept:/;

/** A cursor as tg_wait_for_messages tells it. */
export const WATCH_CURSOR = /^(kept:[0-9a-f]{16}|[\w-]+)$/;

/**
 * The cursors of watches. One over a few chats is short, and holds everything itself; one over hundreds is too long for a
 * model, so that it is kept here under a short name for as long as the server runs.
 */
export class WatchCursors {
  readonly #kept = new Map<string, string>();

  /** What the caller is told. */
  toShown(cursor: string): string {
    if (cursor.length <= SHORT_CHARS) return cursor;
    const handle = `kept:${createHash("sha256").update(cursor).digest("hex").slice(0, 16)}`;
    this.#kept.delete(handle);
    this.#kept.set(handle, cursor);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return handle;
  }

  /** The cursor that was meant; `undefined` where it is not known any more. */
  fromShown(shown: string): string | undefined {
    return HANDLE.test(shown) ? this.#kept.get(shown) : shown;
  }
}

const ofContexts = new WeakMap<object, WatchCursors>();

/** Those of a server: all of its connections share them. */
export function watchCursorsOf(context: object): WatchCursors {
  const known = ofContexts.get(context) ?? new WatchCursors();
  ofContexts.set(context, known);
  return known;
}
