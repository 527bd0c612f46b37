import type { Transition } from "../stores/store.js";

/** Whom a name meant when it was first used. It is not forgotten: only a person may give the name another meaning. */
export interface NamePin {
  readonly v: 1;
  readonly id: number;
}

/** Pins the name to this id unless it is pinned already; tells to which. */
export const pinName =
  (id: number): Transition<NamePin, number> =>
  (current) =>
    current === undefined ? { next: { v: 1, id }, result: id } : { next: current, result: current.id };

/** Looks, and changes nothing. */
export const pinnedTo: Transition<NamePin, number | undefined> = (current) => ({ next: current, result: current?.id });
