import type { Api } from "telegram";
import { sleep, type Clock } from "../clock.js";
import type { Events } from "../events.js";
import { clientClosed } from "./rpc-errors.js";
import { readUpdates, type ReadUpdates, type UpdateReading } from "./updates-read.js";

/** Who follows the updates. */
export interface UpdateListener {
  updates(read: ReadUpdates): void;
  /** The connection is gone, and with it what the server sent meanwhile. */
  lost(): void;
  closed(error: Error): void;
}

/** The account's stream of updates, for all who follow it. Without a listener nothing is read. */
export class UpdateFeed {
  readonly #listeners = new Set<UpdateListener>();
  #closed = false;

  constructor(
    readonly telegram: UpdateReading,
    readonly clock: Clock,
    readonly events: Events,
  ) {}

  /** How many follow it. */
  get followers(): number {
    return this.#listeners.size;
  }

  /** The returned function ends it. */
  follow(listener: UpdateListener): () => void {
    if (this.#closed) throw clientClosed("no");
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Updates arrived by themselves or as the answer to a request. */
  take(updates: Api.TypeUpdates): void {
    if (this.#listeners.size === 0) return;
    const read = readUpdates(this.telegram, updates);
    for (const listener of [...this.#listeners]) listener.updates(read);
  }

  lost(): void {
    for (const listener of [...this.#listeners]) listener.lost();
  }

  close(): void {
    this.#closed = true;
    for (const listener of [...this.#listeners]) listener.closed(clientClosed("no"));
  }

  /** Waits before following goes on, and says why. */
  async pause(waitMs: number, why: string, signal: AbortSignal): Promise<void> {
    const text = `${why} Watching goes on in ${Math.ceil(waitMs / 1000)} s`;
    this.events.emit("wait", { method: "updates.getDifference", reason: "retry", waitMs, text });
    await sleep(this.clock, waitMs, signal);
  }
}
