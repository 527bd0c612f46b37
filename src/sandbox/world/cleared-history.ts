import type { History } from "./history.js";
import type { Message } from "./message.js";

/** What is left of a channel's history for an account that has cleared it up to an id. The others see it all. */
export class ClearedHistory implements History {
  constructor(
    readonly whole: History,
    /** The highest id that is gone. */
    readonly upTo: number,
  ) {}

  get count(): number {
    return this.whole.placeBelow(this.upTo + 1);
  }

  get highestId(): number {
    return this.whole.highestId;
  }

  byId(id: number): Message | undefined {
    return id > this.upTo ? this.whole.byId(id) : undefined;
  }

  at(place: number): Message | undefined {
    return place < this.count ? this.whole.at(place) : undefined;
  }

  placeBelow(id: number): number {
    return Math.min(this.whole.placeBelow(id), this.count);
  }

  add(message: Message): void {
    this.whole.add(message);
  }

  replace(message: Message): void {
    this.whole.replace(message);
  }

  remove(id: number): boolean {
    return this.whole.remove(id);
  }
}
