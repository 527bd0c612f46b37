/** A record as it was last seen; `raw` is absent when there was none. */
export interface Seen {
  readonly raw: string | undefined;
  /** Redis's time when it told of it. */
  readonly redisUs: number;
}

/** Large records are not worth the memory: they are read anew each time. */
const LARGEST = 16_384;
const MOST = 1000;

/** Records remembered, so that an update whose record nobody else has changed needs one round trip. */
export class SeenRecords {
  readonly #records = new Map<string, Seen>();

  get(key: string): Seen | undefined {
    return this.#records.get(key);
  }

  remember(key: string, seen: Seen): void {
    this.#records.delete(key);
    if (seen.raw !== undefined && seen.raw.length > LARGEST) return;
    this.#records.set(key, seen);
    if (this.#records.size <= MOST) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      return;
    }
  }

  forget(key: string): void {
    this.#records.delete(key);
  }
}
