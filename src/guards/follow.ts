import { look, type AdmissionState } from "../state/admission-record.js";
import type { StateStore, Transition, UpdateOptions } from "../stores/store.js";

/**
 * Writes down what is learnt of an account. Where it is learnt under a session whose account has become known meanwhile, it
 * belongs to the account, and is written there, too.
 */
export async function updateFollowing<R>(
  store: StateStore,
  key: string,
  transition: Transition<AdmissionState, R>,
  options?: UpdateOptions,
): Promise<R> {
  const result = await store.update(key, transition, options);
  const movedTo = await store.update(
    key,
    look(({ movedTo }) => movedTo),
  );
  return movedTo === undefined ? result : store.update(movedTo, transition, options);
}
