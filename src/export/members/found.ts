import type { Participant } from "../../models/participant.js";
import { NameSearches } from "./name-searches.js";

/** Who was found so far, by this run and by earlier ones. */
export class Found {
  readonly #ids = new Set<number>();
  readonly names = new NameSearches();

  constructor(known: Iterable<Participant>) {
    for (const one of known) this.add(one);
  }

  get count(): number {
    return this.#ids.size;
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  /** True when it is somebody new. */
  add(one: Participant): boolean {
    if (this.#ids.has(one.id)) return false;
    this.#ids.add(one.id);
    this.names.learn(one);
    return true;
  }
}
