import { GuardError } from "../errors.js";
import type { StateStore, Transition } from "./store.js";

/** The newest version of records that this program understands. Every record carries its own in `v`. */
const RECORD_VERSION = 1;

/** Refuses records that a newer program wrote: to misread a quota or an approval would be worse than to stop. */
export function versioned(store: StateStore): StateStore {
  return {
    ...(store.volatile === true ? { volatile: true } : {}),
    update: <S, R>(key: string, transition: Transition<S, R>, options?: Parameters<StateStore["update"]>[2]) =>
      store.update<S, R>(
        key,
        (current, now) => {
          assertUnderstood(key, current);
          return transition(current, now);
        },
        options,
      ),
    async *entries<S>(prefix: string) {
      for await (const entry of store.entries<S>(prefix)) {
        assertUnderstood(entry[0], entry[1]);
        yield entry;
      }
    },
    close: () => store.close(),
  };
}

function assertUnderstood(key: string, state: unknown): void {
  if (typeof state !== "object" || state === null || !("v" in state)) return;
  if (typeof state.v !== "number" || state.v <= RECORD_VERSION) return;
  throw new GuardError("state_newer", `The record ${key} was written by a newer version of this program.`, {
    details: { key },
    nextStep: "Update this program. Until then nothing is sent from here.",
  });
}
