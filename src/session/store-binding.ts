import { GuardError } from "../errors.js";

/**
 * `mine`: the session belongs to this store. `free`: it belongs to none yet. `other`: approvals, quotas and what was sent
 * are known to another store, so that a write here could be one too many, or done twice. `passing`: this store ends with
 * the process and binds nothing.
 */
export type Belonging = "mine" | "free" | "other" | "passing";

export function belongs(bound: string | undefined, storeId: string, isVolatile: boolean): Belonging {
  if (bound !== undefined) return bound === storeId ? "mine" : "other";
  return isVolatile ? "passing" : "free";
}

export const storeChanged = (session: string): GuardError<"store_changed"> =>
  new GuardError(
    "store_changed",
    `The session ${session} belongs to another state store than this one; nothing is written.`,
    {
      details: { session },
      nextStep: `Use the store that it was used with before (TG_STATE_URL, TG_DATA_DIR). If that is gone, or this one is to take its place: tg-guarded sessions adopt ${session}`,
    },
  );
