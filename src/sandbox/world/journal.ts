import type { Peer } from "./peer.js";

/** What happened at one pts. Messages are named by id: whoever asks later gets them as they stand then. */
export type Happening =
  | { readonly kind: "new" | "edit"; readonly id: number }
  | { readonly kind: "delete"; readonly ids: readonly number[] }
  | { readonly kind: "pin" | "unpin"; readonly peer: Peer; readonly ids: readonly number[] }
  | { readonly kind: "read-inbox" | "read-outbox"; readonly peer: Peer; readonly maxId: number };

export interface Entry {
  readonly pts: number;
  readonly count: number;
  readonly what: Happening;
}

/** Entries kept; who is further behind is told to start over. */
const KEPT = 10_000;

/** The event sequence of a mailbox or channel (core.telegram.org/api/updates#event-sequences). */
export class Journal {
  #pts = 1;
  #entries: Entry[] = [];

  get pts(): number {
    return this.#pts;
  }

  /** Returns the pts after the event. */
  record(count: number, what: Happening): number {
    this.#pts += count;
    this.#entries.push({ pts: this.#pts, count, what });
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
    return this.#pts;
  }

  /** What came after a pts, or undefined when that is no longer known. */
  since(pts: number): readonly Entry[] | undefined {
    const oldest = this.#entries[0];
    if (pts < this.#pts && (!oldest || pts < oldest.pts - oldest.count)) return undefined;
    return this.#entries.filter((entry) => entry.pts > pts);
  }
}
