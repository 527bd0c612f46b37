import type { Folded, Pending } from "./redis-fold.js";

export interface UpdatesOptions {
  readonly runBatch: (key: string, batch: readonly Pending[]) => Promise<Folded>;
  /** Carries out a batch that has a durable update in it, and waits until it is on disk if anything was written. */
  readonly durably: (write: () => Promise<Folded>) => Promise<Folded>;
}

/** Updates that wait at the same moment share one swap; more than this would hold up the event loop. */
const BATCH = 128;

/** The updates of each record, in the order in which they were asked for. */
export function updateQueues({ runBatch, durably }: UpdatesOptions): (key: string, pending: Pending) => void {
  const queues = new Map<string, Pending[]>();

  async function settle(key: string, batch: readonly Pending[]): Promise<void> {
    try {
      const write = (): Promise<Folded> => runBatch(key, batch);
      const { tell } = await (batch.some(({ durable }) => durable) ? durably(write) : write());
      for (const one of tell) one();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async function drain(key: string, queue: Pending[]): Promise<void> {
    // What is asked for in the same turn of the event loop shares the first swap.
    await Promise.resolve();
    while (queue.length > 0) await settle(key, queue.splice(0, BATCH));
    queues.delete(key);
  }

  return (key, pending) => {
    const queue = queues.get(key);
    if (queue !== undefined) {
      queue.push(pending);
      return;
    }
    const started = [pending];
    queues.set(key, started);
    // It settles every update by itself and never rejects.
    drain(key, started).catch(pending.reject);
  };
}
