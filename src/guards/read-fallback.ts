import { isGuardError } from "../errors.js";
import type { StateStore } from "../stores/store.js";

/**
 * Answers from the fallback while the store does not: for reads, which then keep to a budget of this process alone.
 * Writes never use it.
 */
export const withFallback = (store: StateStore, fallback: StateStore): StateStore => ({
  async update(key, transition, options) {
    try {
      return await store.update(key, transition, options);
    } catch (error) {
      if (!isGuardError(error, "store_unavailable") && !isGuardError(error, "state_lost")) throw error;
      return fallback.update(key, transition, options);
    }
  },
  entries: (prefix) => store.entries(prefix),
  close: () => store.close(),
});
