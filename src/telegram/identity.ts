import { createHash } from "node:crypto";
import type { StateStore } from "../stores/store.js";

const PREFIX = "session:";

interface Known {
  readonly v: 1;
  readonly id: number;
}

/**
 * Whose state it is. Two sessions of one account share its limits, so state is kept by the account's id; until that is
 * known, by a hash of the session's key. The store remembers which session belongs to whom.
 */
export class Identity {
  #id: number | undefined;
  readonly #session: string;

  constructor(
    readonly store: StateStore,
    readonly server: string,
    authKey: Uint8Array,
  ) {
    this.#session = createHash("sha256").update(authKey).digest("hex").slice(0, 32);
  }

  get id(): number | undefined {
    return this.#id;
  }

  get account(): string {
    return `${this.server}:${this.#id ?? this.#session}`;
  }

  /** True when the store knows the session. */
  async recall(): Promise<boolean> {
    this.#id = await this.store.update<Known, number | undefined>(this.#key, (known) => ({
      next: known,
      result: known?.id,
    }));
    return this.#id !== undefined;
  }

  async learn(id: number): Promise<void> {
    if (this.#id === id) return;
    this.#id = id;
    await this.store.update<Known, undefined>(this.#key, () => ({ next: { v: 1, id }, result: undefined }));
  }

  get #key(): string {
    return `${PREFIX}${this.server}:${this.#session}`;
  }
}

/** Every account that a session was found to be: under which name state is kept for it, and its id. */
export async function knownAccounts(store: StateStore): Promise<ReadonlyMap<string, number>> {
  const accounts = new Map<string, number>();
  for await (const [key, { id }] of store.entries<Known>(PREFIX)) {
    const server = key.slice(PREFIX.length, key.lastIndexOf(":"));
    accounts.set(`${server}:${id}`, id);
  }
  return accounts;
}
