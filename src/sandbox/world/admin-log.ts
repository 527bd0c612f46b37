import type * as Tl from "../tl/types.js";
import type { Message } from "./message.js";

/** What somebody did to a message. It is shown as the one who asks sees the message. */
export type MessageDeed =
  | { readonly kind: "edited"; readonly before: Message; readonly message: Message }
  | { readonly kind: "deleted" | "pinned" | "sent" | "poll-stopped"; readonly message: Message };

export type Deed = MessageDeed | Tl.TypeChannelAdminLogEventAction;

export interface LoggedEvent {
  readonly id: bigint;
  /** Seconds of Unix time. */
  readonly date: number;
  readonly by: number;
  readonly deed: Deed;
}

/** core.telegram.org/api/recent-actions */
const KEPT_SECONDS = 48 * 3600;
const KEPT = 10_000;

/** What was done in a supergroup or channel in the last two days, for its admins. */
export class AdminLog {
  #events: LoggedEvent[] = [];
  #lastId = 0n;

  /** @param now milliseconds of Unix time */
  constructor(readonly now: () => number) {}

  add(by: number, deed: Deed): void {
    this.#lastId += 1n;
    this.#events.push({ id: this.#lastId, date: Math.floor(this.now() / 1000), by, deed });
    if (this.#events.length > 2 * KEPT) this.#events = this.#events.slice(-KEPT);
  }

  /** Newest first. */
  events(): readonly LoggedEvent[] {
    const since = this.now() / 1000 - KEPT_SECONDS;
    return this.#events.filter(({ date }) => date > since).reverse();
  }
}
