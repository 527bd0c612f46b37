import type { Waiting } from "./watch-signal.js";
import { createSignal } from "./watch-signal.js";

/** Items on their way from the updates to the reader, in order. */
export class WatchBuffer<T> {
  readonly #limit: number;
  #items: T[] = [];
  #taken = 0;
  #failure: Error | undefined;
  readonly #arrived: Waiting = createSignal();
  readonly #drained: Waiting = createSignal();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#items.length - this.#taken;
  }

  get isFull(): boolean {
    return this.size >= this.#limit;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#arrived.notify();
  }

  /** Whoever reads gets what is there, and then the error. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#arrived.notify();
  }

  /** What is there is of no more use. */
  clear(): void {
    this.#items = [];
    this.#taken = 0;
    this.#drained.notify();
  }

  async take(): Promise<T> {
    for (;;) {
      const item = this.#items[this.#taken];
      if (item !== undefined) {
        this.#taken++;
        this.#tidy();
        return item;
      }
      if (this.#failure !== undefined) throw this.#failure;
      await this.#arrived.wait();
    }
  }

  /** Resolves once half of the buffer is free, if it was full. */
  async room(): Promise<void> {
    if (!this.isFull) return;
    while (this.size > this.#limit / 2) await this.#drained.wait();
  }

  /** Taking from the front of an array costs as much as the array is long, so it is cut now and then. */
  #tidy(): void {
    if (this.#taken > 1000 || this.#taken === this.#items.length) {
      this.#items = this.#items.slice(this.#taken);
      this.#taken = 0;
    }
    if (this.size <= this.#limit / 2) this.#drained.notify();
  }
}
