/** The exports under way, at most one for each account: a new one takes the place of the one before. */
export class Takeouts {
  readonly #running = new Map<number, bigint>();
  #lastId = 900_000_000_000_000_000n;

  begin(account: number): bigint {
    this.#lastId += 7_919n;
    this.#running.set(account, this.#lastId);
    return this.#lastId;
  }

  isRunning(account: number, id: bigint): boolean {
    return this.#running.get(account) === id;
  }

  finish(account: number, id: bigint): void {
    if (this.isRunning(account, id)) this.#running.delete(account);
  }
}
