import { randomUUID } from "node:crypto";
import type { StateStore } from "./store.js";

const KEY = "store:id";

interface StoreId {
  readonly v: 1;
  readonly id: string;
}

/** By which sessions and audit trails know a store again. It is made once and lives as long as the store. */
export function storeIdOf(store: StateStore): Promise<string> {
  const fresh = randomUUID();
  return store.update<StoreId, string>(
    KEY,
    (known) => ({ next: known ?? { v: 1, id: fresh }, result: known?.id ?? fresh }),
    { durable: true },
  );
}
