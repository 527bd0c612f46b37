import type { GuardedClient } from "tg-guarded";

/**
 * A client that is opened when the first tool needs it, for all who share it, and once more after its session has ended. An
 * opening that failed is tried again by the next call: what was missing may be there by then.
 */
export class LazyClient {
  #opening: Promise<GuardedClient> | undefined;
  #isClosed = false;

  constructor(private readonly open: () => Promise<GuardedClient>) {}

  async get(): Promise<GuardedClient> {
    if (this.#isClosed) throw new Error("The server is shutting down.");
    const opening = (this.#opening ??= this.open());
    try {
      return await opening;
    } catch (error) {
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
  }

  /** The next call opens another one: a session was switched, or is of no more use. */
  async reset(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    const client = await opening?.catch(() => undefined);
    await client?.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.reset();
  }
}
