import { OperatorDesk } from "./actions/operator-desk.js";
import { newOperatorKey } from "./actions/operator-key.js";
import { readOperatorKey, writeOperatorKey } from "./actions/operator-key-file.js";
import { readStoreEnv } from "./env.js";
import { read } from "./env-values.js";
import { versioned } from "./stores/versioned.js";

/**
 * Opens the desk of the state that the TG_* variables name (TG_STATE_URL, TG_DATA_DIR, TG_SANDBOX). The operator's key is
 * TG_OPERATOR_SECRET_HASH, or that of the data folder.
 *
 * Errors: `input_invalid`, `store_unavailable`, `state_lost`.
 */
export async function openOperatorDesk(): Promise<OperatorDesk> {
  const { dataDir, openStore } = readStoreEnv(process.env);
  const key = read(process.env, "TG_OPERATOR_SECRET_HASH") ?? readOperatorKey(dataDir);
  return new OperatorDesk({ store: versioned(await openStore()), ...(key === undefined ? {} : { key }) });
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
 */
export function initOperator(secret: string): WrittenKey {
  const key = newOperatorKey(secret);
  return { key, path: writeOperatorKey(readStoreEnv(process.env).dataDir, key) };
}
