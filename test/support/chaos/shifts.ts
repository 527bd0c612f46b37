import type { Sandbox } from "tg-guarded/testing";
import type { Given } from "./approve.js";
import { work, type Shift, type Task, type ToldOutcome } from "./crew.js";
import type { Order } from "./order.js";
import { below, deathAt, deathInTheMidst, faultsOf, shuffled, type Random } from "./plan.js";

/** How often a process died while an order of the operation was claimed and had no end yet. */
export type Tally = Map<string, number>;

export interface Shifts {
  readonly given: readonly Given[];
  /** Those that shall come to an end. */
  readonly orders: readonly Order[];
  readonly random: Random;
  /** Of all rounds. */
  readonly tally: Tally;
  /** After so many processes nothing is killed or disturbed any more, so that what can end does. */
  readonly mercyAfter: number;
}

const MOST_SHIFTS = 40;

/** One or two processes at a time, in orders of their own, until every order was told to be done. */
export async function runShifts(
  sandbox: Sandbox,
  task: Pick<Task, "options" | "path">,
  { given, orders, random, tally, mercyAfter }: Shifts,
): Promise<readonly Shift[]> {
  const open = new Set(orders.map(({ id }) => id));
  const shifts: Shift[] = [];
  while (open.size > 0 && shifts.length < MOST_SHIFTS) {
    const isMercy = shifts.length >= mercyAfter;
    sandbox.faults.set(isMercy ? [] : faultsOf(random));
    const one = (): Promise<Shift> => {
      const inTurn = turns(given, open, random);
      return work({ ...task, orders: inTurn, ...(isMercy ? {} : fate(inTurn, random, tally)) });
    };
    const crew = Array.from({ length: random() < 0.35 && !isMercy ? 2 : 1 }, one);
    for (const shift of await Promise.all(crew)) {
      shifts.push(shift);
      count(tally, shift);
      for (const outcome of shift.outcomes) if (isEnd(outcome)) open.delete(outcome.id);
    }
  }
  sandbox.faults.set([]);
  // Whoever asks once more, later and undisturbed, hears the same.
  return [...shifts, await work({ ...task, orders: given })];
}

const isEnd = ({ status }: ToldOutcome): boolean =>
  status === "done" || status === "unchanged" || status === "already_done";

function count(tally: Tally, { death }: Shift): void {
  if (death?.isUnderWay === true) tally.set(death.operation, (tally.get(death.operation) ?? 0) + 1);
}

/** All that are open, and a few of those that are not: repeating those changes nothing. */
const turns = (given: readonly Given[], open: ReadonlySet<string>, random: Random): readonly Given[] =>
  shuffled(random, given).filter(({ id }) => open.has(id) || random() < 0.2);

/** Killed from outside, or by itself: anywhere, or in the midst of an operation that has been killed seldom. */
function fate(inTurn: readonly Given[], random: Random, tally: Tally): Pick<Task, "orders" | "death" | "killAfterMs"> {
  const chance = random();
  if (chance < 0.1) return { orders: inTurn, killAfterMs: 300 + below(random, 2500) };
  const killed = ({ operation }: Given): number => tally.get(operation) ?? 0;
  const least = Math.min(...inTurn.map(killed));
  const victim = inTurn.find((one) => killed(one) === least);
  if (chance < 0.4 || victim === undefined) return { orders: inTurn, death: deathAt(random) };
  const orders = [victim, ...inTurn.filter((one) => one !== victim)];
  return { orders, death: deathInTheMidst(random) };
}
