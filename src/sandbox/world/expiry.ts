import type { Channel } from "./chat.js";
import { eraseFrom, eraseInChannel } from "./erase.js";
import type { Told } from "./told.js";
import type { World } from "./world.js";

/** Which message vanishes: that of a channel by its id, others by what all of its copies have in common. */
type Doomed = { readonly channel: Channel; readonly id: number } | { readonly origin: number };

/** Messages that vanish by themselves, each at its time (core.telegram.org/api/auto-delete). */
export class Expiry {
  #doomed: { readonly due: number; readonly which: Doomed }[] = [];

  /** @param onDate hears of each date (seconds) at which something is to vanish */
  constructor(private readonly onDate: (due: number) => void) {}

  add(due: number, which: Doomed): void {
    this.#doomed.push({ due, which });
    this.onDate(due);
  }

  /** Takes away what is due at that moment (seconds). */
  carryOut(world: World, now: number): Told[] {
    const due = this.#doomed.filter((one) => one.due <= now);
    if (due.length > 0) this.#doomed = this.#doomed.filter((one) => one.due > now);
    return due.flatMap(({ which }) => {
      if ("channel" in which) return eraseInChannel(world, which.channel, [which.id]).told;
      return world.mailboxes().flatMap((mailbox) => {
        const id = mailbox.idOf(which.origin);
        return id === undefined ? [] : eraseFrom(world, mailbox, [id]).told;
      });
    });
  }
}
