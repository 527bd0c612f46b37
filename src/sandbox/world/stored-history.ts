import type { History } from "./history.js";
import type { Message } from "./message.js";

/** A history that is wholly in memory, ascending by id. */
export class StoredHistory implements History {
  readonly #messages: Message[] = [];
  #highestId = 0;

  get count(): number {
    return this.#messages.length;
  }

  get highestId(): number {
    return this.#highestId;
  }

  byId(id: number): Message | undefined {
    const message = this.#messages[this.#indexFrom(id)];
    return message?.id === id ? message : undefined;
  }

  at(place: number): Message | undefined {
    return this.#messages[this.#messages.length - 1 - place];
  }

  placeBelow(id: number): number {
    return this.#messages.length - this.#indexFrom(id);
  }

  add(message: Message): void {
    if (message.id > this.#highestId) this.#messages.push(message);
    else this.#messages.splice(this.#indexFrom(message.id), this.byId(message.id) ? 1 : 0, message);
    this.#highestId = Math.max(this.#highestId, message.id);
  }

  replace(message: Message): void {
    if (this.byId(message.id)) this.#messages[this.#indexFrom(message.id)] = message;
  }

  remove(id: number): boolean {
    if (!this.byId(id)) return false;
    this.#messages.splice(this.#indexFrom(id), 1);
    return true;
  }

  /** The index of the first message with this id or a higher one. */
  #indexFrom(id: number): number {
    let low = 0;
    let high = this.#messages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#messages[middle]?.id ?? Infinity) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
