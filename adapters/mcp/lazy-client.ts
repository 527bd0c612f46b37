import type { GuardedClient } from "tg-guarded";

/**
 * A client that is opened when the first tool needs it, for all who share it. An opening that failed is tried again by the
 * next call: what was missing may be there by then. A client whose session has ended stays, until another takes its place.
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

  /** Goes on with this client, and closes the one before. */
  async replace(client: GuardedClient): Promise<void> {
    const before = this.#opening;
    this.#opening = Promise.resolve(client);
    await (await before?.catch(() => undefined))?.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const opening = this.#opening;
    this.#opening = undefined;
    await (await opening?.catch(() => undefined))?.close();
  }
}
