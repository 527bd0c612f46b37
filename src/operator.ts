import { AuditDesk, trailIn } from "./audit/desk.js";
import { openAuditTrail, type AuditTrail } from "./audit/trail.js";
import { OperatorDesk } from "./actions/operator-desk.js";
import { newOperatorKey } from "./actions/operator-key.js";
import { readOperatorKey, writeOperatorKey } from "./actions/operator-key-file.js";
import { readAudit, readStoreEnv } from "./env/read-env.js";
import { settingsOf } from "./env/settings.js";
import { read } from "./env/values.js";
import { storeIdOf } from "./stores/store-id.js";
import { versioned } from "./stores/versioned.js";

/**
 * Opens the desk of the state that the TG_* variables name (TG_STATE_URL, TG_DATA_DIR, TG_SANDBOX). The operator's key is
 * TG_OPERATOR_SECRET_HASH, or that of the data folder.
 *
 * Errors: `input_invalid`, `store_unavailable`, `state_lost`.
 *
 * @example
 * ```ts
 * import { openOperatorDesk } from "tg-guarded";
 *
 * await using desk = await openOperatorDesk();
 * console.log((await desk.list()).length, "open questions");
 * ```
 */
export async function openOperatorDesk(): Promise<OperatorDesk> {
  const { env } = settingsOf(process.env);
  const { dataDir, openStore } = readStoreEnv(env);
  const key = read(env, "TG_OPERATOR_SECRET_HASH") ?? readOperatorKey(dataDir);
  const { name } = readAudit(env);
  const store = versioned(await openStore());
  const storeId = await storeIdOf(store).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const trailOf = (account: string): AuditTrail => openAuditTrail(trailIn({ dataDir, store, storeId, account, name }));
  return new OperatorDesk({ store, trailOf, ...(key === undefined ? {} : { key }) });
}

/**
 * Opens the desk of the audit trails in the data folder that the TG_* variables name (TG_STATE_URL, TG_DATA_DIR,
 * TG_AUDIT_NAME, TG_SANDBOX).
 *
 * Errors: `input_invalid`, `store_unavailable`, `state_lost`.
 *
 * @example
 * ```ts
 * import { openAuditDesk } from "tg-guarded";
 *
 * await using desk = await openAuditDesk();
 * const lines = await desk.last(10);
 * ```
 */
export async function openAuditDesk(): Promise<AuditDesk> {
  const { env } = settingsOf(process.env);
  const { dataDir, openStore } = readStoreEnv(env);
  return new AuditDesk({ store: versioned(await openStore()), dataDir, ...readAudit(env) });
}

/** Where a new operator's key is, and the key itself, for TG_OPERATOR_SECRET_HASH on another machine. */
export interface WrittenKey {
  readonly path: string;
  readonly key: string;
}

/**
 * Makes the operator's key for this secret and writes it into the data folder, for its owner alone.
 *
 * Errors: `file_exists`.
 *
 * @example
 * ```ts
 * import { initOperator, isGuardError } from "tg-guarded";
 *
 * try {
 *   const { path } = initOperator("a secret that agents do not know");
 * } catch (error) {
 *   if (!isGuardError(error, "file_exists")) throw error; // there is one already
 * }
 * ```
 */
export function initOperator(secret: string): WrittenKey {
  const key = newOperatorKey(secret);
  return { key, path: writeOperatorKey(readStoreEnv(settingsOf(process.env).env).dataDir, key) };
}
