import { Recurring } from "../../recurring.js";
import type { History } from "../history.js";
import type { Message } from "../message.js";
import { StoredHistory } from "../stored-history.js";

/** Messages kept that were asked for again, so that what was built from them is not built anew each time. */
const KEPT = 4096;

/** Messages 1 to n made when asked for, overlaid with what was edited, deleted and added since. */
export class GeneratedHistory implements History {
  readonly #kept = new Map<number, Message>();
  readonly #recurring = new Recurring();
  readonly #edited = new Map<number, Message>();
  readonly #added = new StoredHistory();
  /** Ids, ascending. */
  #deleted: number[] = [];

  constructor(
    readonly generated: number,
    readonly make: (id: number) => Message,
  ) {}

  get count(): number {
    return this.generated - this.#deleted.length + this.#added.count;
  }

  get highestId(): number {
    return Math.max(this.generated, this.#added.highestId);
  }

  byId(id: number): Message | undefined {
    if (id > this.generated) return this.#added.byId(id);
    if (!Number.isInteger(id) || id < 1 || this.#deleted.includes(id)) return undefined;
    return this.#edited.get(id) ?? this.#kept.get(id) ?? this.#fresh(id);
  }

  at(place: number): Message | undefined {
    if (place < this.#added.count) return this.#added.at(place);
    const fromOldest = this.count - 1 - place;
    if (fromOldest < 0) return undefined;
    let id = fromOldest + 1;
    for (const deleted of this.#deleted) {
      if (deleted > id) break;
      id += 1;
    }
    return this.byId(id);
  }

  placeBelow(id: number): number {
    const added = this.#added.placeBelow(id);
    if (id > this.generated) return added;
    const deletedHere = this.#deleted.filter((deleted) => deleted >= id).length;
    return added + this.generated - Math.max(id, 1) + 1 - deletedHere;
  }

  add(message: Message): void {
    if (message.id <= this.generated) this.#edited.set(message.id, message);
    else this.#added.add(message);
  }

  replace(message: Message): void {
    if (message.id > this.generated) this.#added.replace(message);
    else if (this.byId(message.id)) this.#edited.set(message.id, message);
  }

  remove(id: number): boolean {
    if (id > this.generated) return this.#added.remove(id);
    if (!this.byId(id)) return false;
    this.#deleted = [...this.#deleted, id].sort((a, b) => a - b);
    return true;
  }

  #fresh(id: number): Message {
    const message = this.make(id);
    if (!this.#recurring.has(id)) return message;
    if (this.#kept.size >= KEPT) this.#kept.clear();
    this.#kept.set(id, message);
    return message;
  }
}
