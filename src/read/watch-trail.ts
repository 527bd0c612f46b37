import type { BoxKey } from "../telegram/updates-read.js";

/** An item on its way to the reader: which sequence it is of, and where that stood before it. */
export interface Step {
  readonly key: BoxKey;
  readonly from: number;
  readonly chatId: number;
  /** Absent for edits. */
  readonly id?: number;
}

/** How far the reader has come, which is behind what has arrived. */
export class WatchTrail {
  readonly #waiting = new Map<BoxKey, number>();
  readonly #from = new Map<BoxKey, number>();
  /** By chat: the highest id handed out. */
  readonly floors = new Map<number, number>();

  queued({ key, from }: Step): void {
    const waiting = this.#waiting.get(key) ?? 0;
    if (waiting === 0) this.#from.set(key, from);
    this.#waiting.set(key, waiting + 1);
  }

  handedOut({ key, from, chatId, id }: Step): void {
    const waiting = (this.#waiting.get(key) ?? 0) - 1;
    this.#waiting.set(key, waiting);
    if (waiting === 0) this.#from.delete(key);
    else this.#from.set(key, from);
    if (id !== undefined) this.floors.set(chatId, Math.max(id, this.floors.get(chatId) ?? 0));
  }

  /** From where a sequence must be read again so that nothing that waits here is lost. */
  ptsOf(key: BoxKey, arrived: number): number {
    return this.#from.get(key) ?? arrived;
  }
}
