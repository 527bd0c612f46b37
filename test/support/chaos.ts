import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runRound, type RoundResult } from "./chaos/round.js";
import type { Tally } from "./chaos/shifts.js";
import { randomFrom } from "./random.js";

export interface ChaosOptions {
  readonly rounds: number;
  /** The same seed kills at the same points, as far as the machine allows. */
  readonly seed: number;
  /** How many rounds go on at the same time. @defaultValue 1 */
  readonly lanes?: number;
  /** In a round so many processes are killed or disturbed at most. @defaultValue 18 */
  readonly mercyAfter?: number;
}

export interface ChaosResult {
  readonly orders: number;
  readonly processes: number;
  readonly kills: number;
  readonly drops: number;
  readonly floods: number;
  /** How often a process died while an order of the operation was claimed and had no end yet. */
  readonly killsUnderWay: Readonly<Record<string, number>>;
  readonly unknowns: readonly string[];
  readonly faults: readonly string[];
}

/** Rounds of approved writes of every kind, carried out by processes that are killed, over connections that are cut. */
export async function runChaos({ rounds, seed, lanes = 1, mercyAfter = 18 }: ChaosOptions): Promise<ChaosResult> {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-chaos-"));
  const done: RoundResult[] = [];
  const tally: Tally = new Map();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < rounds) {
      const at = seed + next++;
      done.push(named(at, await runRound(join(folder, String(at)), { random: randomFrom(at), tally, mercyAfter })));
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
    return { ...summed(done), killsUnderWay: Object.fromEntries(tally) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const named = (seed: number, round: RoundResult): RoundResult => ({
  ...round,
  unknowns: round.unknowns.map((unknown) => `seed ${seed}: ${unknown}`),
  faults: round.faults.map((fault) => `seed ${seed}: ${fault}`),
});

function summed(rounds: readonly RoundResult[]): Omit<ChaosResult, "killsUnderWay"> {
  const sum = (of: (round: RoundResult) => number): number => rounds.reduce((total, round) => total + of(round), 0);
  const shifts = rounds.flatMap((round) => round.shifts);
  return {
    orders: sum(({ orders }) => orders),
    processes: shifts.length,
    kills: shifts.filter(({ wasKilled }) => wasKilled).length,
    drops: sum(({ drops }) => drops),
    floods: sum(({ floods }) => floods),
    unknowns: rounds.flatMap(({ unknowns }) => unknowns),
    faults: rounds.flatMap(({ faults }) => faults),
  };
}
