import type { Conversation } from "./chat.js";
import type { Draft } from "./message.js";
import { peerKey, type Peer } from "./peer.js";

/** A message that waits for its time (core.telegram.org/api/scheduled-messages). Its id counts among these alone. */
export interface Scheduled {
  readonly id: number;
  readonly account: number;
  readonly peer: Peer;
  readonly to: Conversation;
  /** Its date is when it is due, in seconds of Unix time. */
  readonly draft: Draft;
}

/** Every message that waits, of all accounts. */
export class Schedule {
  /** Hears of each date (seconds) at which something falls due. */
  onDate: ((due: number) => void) | undefined;
  #waiting: Scheduled[] = [];
  #lastId = 0;

  add(entry: Omit<Scheduled, "id">): Scheduled {
    this.#lastId += 1;
    const added = { ...entry, id: this.#lastId };
    this.#waiting.push(added);
    this.onDate?.(added.draft.date);
    return added;
  }

  /** One account's in one chat, the first due first. */
  of(account: number, peer: Peer): readonly Scheduled[] {
    const here = this.#waiting.filter((one) => one.account === account && peerKey(one.peer) === peerKey(peer));
    return here.sort(byDate);
  }

  /** Takes out what is no longer to wait. */
  take(account: number, peer: Peer, ids: readonly number[]): readonly Scheduled[] {
    const taken = this.of(account, peer).filter(({ id }) => ids.includes(id));
    this.#waiting = this.#waiting.filter((one) => !taken.includes(one));
    return taken;
  }

  /** Takes out what is due at that moment (seconds). */
  takeDue(now: number): readonly Scheduled[] {
    const due = this.#waiting.filter(({ draft }) => draft.date <= now).sort(byDate);
    if (due.length > 0) this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    return due;
  }

  /** Puts a changed message in the place of the one with its id. */
  replace(entry: Scheduled): void {
    this.#waiting = this.#waiting.map((one) => (one.id === entry.id ? entry : one));
    this.onDate?.(entry.draft.date);
  }
}

const byDate = (a: Scheduled, b: Scheduled): number => a.draft.date - b.draft.date || a.id - b.id;
