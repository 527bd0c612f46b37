import { GuardError } from "../errors.js";

/** One answer's worth of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all, as far as Telegram tells. */
  readonly total: number;
}

/** Where the items come from: pages in order, made anew for each iteration. */
export interface ListingSource<T> {
  /** Each page is one request, made when it is asked for. */
  pages(): AsyncGenerator<Page<T>>;
  /** How many there are in all, with one request at the most. */
  total(): Promise<number>;
  /** At the most so many items; `Infinity` for all. */
  readonly limit: number;
  /** What to pass on to go on after an item; absent where a listing cannot be resumed. */
  readonly cursorOf?: (item: T) => string;
}

/**
 * A list at Telegram that is read as it is needed: iterate it, again if you like; each page is one request.
 *
 * @example
 * ```ts
 * const listing = client.read.messages("@tidewater_lab", { limit: 10 });
 * for await (const { text } of listing) console.log(text);
 * const older = client.read.messages("@tidewater_lab", { limit: 10, ...(listing.cursor && { cursor: listing.cursor }) });
 * ```
 */
export class Listing<T> implements AsyncIterable<T> {
  readonly #source: ListingSource<T>;
  #cursor: string | undefined;

  constructor(source: ListingSource<T>) {
    this.#source = source;
  }

  /** After the last item handed out: pass it as `cursor` to go on from there. `undefined` before the first. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /**
   * The pages as they arrive, cut at the limit.
   *
   * Errors: those of the reading.
   *
   * @example
   * ```ts
   * for await (const { items, total } of client.read.messages("@tidewater_lab", { limit: 250 }).pages()) {
   *   console.log(items.length, total);
   * }
   * ```
   */
  async *pages(): AsyncGenerator<Page<T>> {
    let left = this.#source.limit;
    if (left <= 0) return;
    for await (const page of this.#source.pages()) {
      const items = page.items.length > left ? page.items.slice(0, left) : page.items;
      left -= items.length;
      this.#seen(items.at(-1));
      yield { items, total: page.total };
      if (left === 0) return;
    }
  }

  /**
   * The items one after the other; each iteration asks anew.
   *
   * Errors: those of the reading.
   *
   * @example
   * ```ts
   * const listing = client.read.dialogs({ limit: 10 });
   * for await (const { title } of listing) console.log(title);
   * ```
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for await (const { items } of this.pages()) {
      for (const item of items) {
        this.#seen(item);
        yield item;
      }
    }
  }

  /**
   * All items at once.
   *
   * Errors: those of the reading, and `input_invalid` without a limit here or on the listing: memory has one.
   *
   * @example
   * ```ts
   * const newest = await client.read.messages("@tidewater_lab").toArray({ limit: 10 });
   * ```
   */
  async toArray({ limit = this.#source.limit }: { readonly limit?: number } = {}): Promise<T[]> {
    if (limit === Infinity) {
      throw new GuardError("input_invalid", "toArray() needs a limit.", {
        details: { path: "limit" },
        nextStep: "Pass a limit, or iterate the listing, which holds one page at a time.",
      });
    }
    const items: T[] = [];
    if (limit <= 0) return items;
    for await (const item of this) {
      items.push(item);
      if (items.length === limit) break;
    }
    return items;
  }

  /**
   * How many there are in all, as far as Telegram tells.
   *
   * Errors: those of the reading.
   *
   * @example
   * ```ts
   * console.log(await client.read.search("@tidewater_lab", "buoy").total());
   * ```
   */
  total(): Promise<number> {
    return this.#source.total();
  }

  #seen(item: T | undefined): void {
    if (item !== undefined) this.#cursor = this.#source.cursorOf?.(item);
  }
}
