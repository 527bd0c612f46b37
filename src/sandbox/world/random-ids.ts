/** How many random ids are remembered. */
const KEPT = 200_000;

/** The random ids that an account has used, in whatever chat. */
export class RandomIds {
  readonly #used = new Set<string>();

  /** Whether this one was used before. */
  has(account: number, id: bigint): boolean {
    return this.#used.has(key(account, id));
  }

  add(account: number, id: bigint): void {
    this.#used.add(key(account, id));
    if (this.#used.size <= KEPT) return;
    for (const oldest of this.#used) {
      this.#used.delete(oldest);
      break;
    }
  }
}

const key = (account: number, id: bigint): string => `${account}:${BigInt.asIntN(64, id)}`;
