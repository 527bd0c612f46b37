import { GuardError, type StateStore } from "tg-guarded";

export interface FailingStore {
  readonly store: StateStore;
  /** The next update of a record whose key begins so is refused, as by a store that is away for a moment. */
  readonly failNext: (prefix: string) => void;
  /** How many were refused. */
  readonly refused: () => number;
}

/** The store, which fails where it is told to. */
export function failingStore(inner: StateStore): FailingStore {
  const prefixes: string[] = [];
  let refused = 0;
  return {
    store: {
      ...inner,
      update: (key, transition, options) => {
        const place = prefixes.findIndex((prefix) => key.startsWith(prefix));
        if (place < 0) return inner.update(key, transition, options);
        prefixes.splice(place, 1);
        refused++;
        return Promise.reject(
          new GuardError("store_unavailable", "Gone.", { details: { store: "test" }, nextStep: "Wait." }),
        );
      },
    },
    failNext: (prefix) => prefixes.push(prefix),
    refused: () => refused,
  };
}
