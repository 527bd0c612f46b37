import { readStoreEnv } from "./env/read-env.js";
import { settingsOf } from "./env/settings.js";
import { GuardError } from "./errors.js";
import { readHealth, resetCircuits, stopWrites, type Health } from "./guards/health.js";
import type { StateStore } from "./stores/store.js";
import { versioned } from "./stores/versioned.js";
import { knownAccounts } from "./telegram/identity.js";

/** How one of a state's accounts is. */
export interface AccountHealth extends Health {
  /** The account's id. */
  readonly account: number;
}

/**
 * Where a person sees how the accounts of a state are, stops their writes, and lets them pass again. It speaks with the store
 * alone: no session is opened, and Telegram is not asked, so that it works whoever holds the session.
 *
 * Errors of its methods: `input_invalid` for an account that the state does not know; those of the store.
 *
 * @example
 * ```ts
 * import { openCircuitDesk } from "tg-guarded";
 *
 * await using desk = await openCircuitDesk();
 * for (const { account, status, allows } of await desk.list()) console.log(account, status, allows.writes);
 * ```
 */
export class CircuitDesk implements AsyncDisposable {
  readonly #store: StateStore;

  constructor(store: StateStore) {
    this.#store = store;
  }

  /**
   * Every account that a program with this state has been, or the one of this id.
   *
   * @example
   * ```ts
   * const held = (await circuits.list()).filter(({ allows }) => !allows.writes);
   * ```
   */
  async list(account?: number): Promise<readonly AccountHealth[]> {
    const found: AccountHealth[] = [];
    for (const [key, id] of await this.#accounts(account)) {
      found.push({ account: id, ...(await readHealth(this.#store, key)) });
    }
    return found;
  }

  /**
   * Stops all writes at once, in every process and on every host that shares the state, until {@link CircuitDesk.reset}:
   * those of all accounts, or of the one of this id. Tells how they are now; an account that no program has been yet is not
   * among them.
   *
   * @example
   * ```ts
   * for (const { account } of await circuits.stopWrites()) console.log(account, "writes nothing any more");
   * ```
   */
  stopWrites(account?: number): Promise<readonly AccountHealth[]> {
    return this.#forEach(stopWrites, account);
  }

  /**
   * Ends the stop, and that alone; where nobody has stopped writes, closes the circuit, whatever opened it. Waits that
   * Telegram asked for stay.
   *
   * @example
   * ```ts
   * await circuits.reset();
   * ```
   */
  reset(account?: number): Promise<readonly AccountHealth[]> {
    return this.#forEach(resetCircuits, account);
  }

  /** Closes the store that it was made with. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#store.close();
  }

  async #forEach(change: typeof stopWrites, account: number | undefined): Promise<readonly AccountHealth[]> {
    for (const [key] of await this.#accounts(account)) await change(this.#store, key);
    return this.list(account);
  }

  async #accounts(account: number | undefined): Promise<readonly (readonly [key: string, id: number])[]> {
    const all = [...(await knownAccounts(this.#store))];
    const meant = all.filter(([, id]) => account === undefined || id === account);
    if (account === undefined || meant.length > 0) return meant;
    throw new GuardError("input_invalid", `This state knows no account ${account}.`, {
      details: { path: "account" },
      nextStep: all.length === 0 ? "It knows none yet." : `It knows: ${all.map(([, id]) => id).join(", ")}.`,
    });
  }
}

/**
 * Opens the desk of the state that the TG_* variables name (TG_STATE_URL, TG_DATA_DIR, TG_SANDBOX).
 *
 * Errors: `input_invalid`, also for a state that no other process shares; `store_unavailable`, `state_lost`.
 *
 * @example
 * ```ts
 * import { openCircuitDesk } from "tg-guarded";
 *
 * await using desk = await openCircuitDesk();
 * console.log((await desk.list()).length, "accounts");
 * ```
 */
export async function openCircuitDesk(): Promise<CircuitDesk> {
  const store = versioned(await readStoreEnv(settingsOf(process.env).env).openStore());
  if (store.volatile !== true) return new CircuitDesk(store);
  await store.close();
  throw new GuardError("input_invalid", "TG_STATE_URL names a state that lives in one process alone.", {
    details: { path: "TG_STATE_URL" },
    nextStep: "End that process, or call stopWrites() of its client.",
  });
}
