import { startOrdered } from "./order.js";
import { FAR_FROM_MIDNIGHT } from "./quota-day.js";

export interface RaceOptions {
  /** A state file, or a Redis. */
  readonly store: { readonly path: string } | { readonly url: string };
  readonly processes: number;
  readonly rounds: number;
  readonly limit: number;
}

interface Told {
  readonly sent: number;
  readonly refused: number;
}

/** How many units each process asks for: together several times what there is. */
const ATTEMPTS = 5;

/** Lets many processes race for one quota, again and again for another account; gives how many units each round saw. */
export async function raceForQuota({ store, processes, rounds, limit }: RaceOptions): Promise<number[]> {
  const workers = Array.from({ length: processes }, () =>
    startOrdered<Told>("quota-worker.mjs", { store, limit, attempts: ATTEMPTS, timeZone: FAR_FROM_MIDNIGHT }),
  );
  const sums: number[] = [];
  try {
    for (const worker of workers) await worker.next();
    for (let round = 0; round < rounds; round++) {
      for (const worker of workers) worker.give(`account-${round}`);
      const told = await Promise.all(workers.map((worker) => worker.next()));
      const answered = told.filter((one) => one !== undefined);
      if (answered.length < processes) throw new Error("a process ended in the middle of a round");
      if (answered.some(({ sent, refused }) => sent + refused !== ATTEMPTS)) throw new Error("an attempt was lost");
      sums.push(answered.reduce((sum, { sent }) => sum + sent, 0));
    }
    for (const worker of workers) worker.done();
    for (const { ended } of workers) if ((await ended) !== 0) throw new Error("a process failed");
    return sums;
  } finally {
    for (const worker of workers) worker.kill();
  }
}
