import type { Participant } from "../../models/participant.js";
import { NameSearches } from "./name-searches.js";

/** Who was found so far, by this run and by earlier ones. */
export class Found {
  readonly #ids = new Set<number>();
  readonly #leftOut = new Set<number>();
  readonly names = new NameSearches();

  constructor(known: Iterable<Participant>, leftOut: readonly number[]) {
    for (const one of known) this.add(one, { leaveOut: false });
    for (const id of leftOut) this.#leaveOut(id);
  }

  /** Who was found, and is in no file. */
  get leftOut(): readonly number[] {
    return [...this.#leftOut];
  }

  get count(): number {
    return this.#ids.size;
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  /** True when it is somebody new, who is to be written. */
  add(one: Participant, { leaveOut }: { readonly leaveOut: boolean }): boolean {
    if (this.#ids.has(one.id)) return false;
    this.names.learn(one);
    if (leaveOut) this.#leaveOut(one.id);
    else this.#ids.add(one.id);
    return !leaveOut;
  }

  #leaveOut(id: number): void {
    this.#ids.add(id);
    this.#leftOut.add(id);
  }
}
