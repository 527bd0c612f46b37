import type { Sandbox } from "tg-guarded/testing";
import type { ToldOutcome } from "./crew.js";
import type { Order, Truth } from "./order.js";
import type { RefusedOrder } from "./refused.js";

export interface Judgement {
  readonly truths: ReadonlyMap<Order, Truth>;
  readonly unknowns: readonly string[];
  readonly faults: readonly string[];
}

/** What may come in between, and says to call again. */
const PASSING = new Set([
  "outcome_unknown",
  "action_in_progress",
  "connection_lost",
  "flood_wait",
  "telegram_error",
  "batch_busy",
]);

/** How those that nobody approved are answered. */
const REFUSED = new Set([
  "approval_invalid",
  "approval_rejected",
  "awaiting_approval",
  "confirmation_required",
  // Of what was read for the preview, or before anything was asked.
  "connection_lost",
  "flood_wait",
  "telegram_error",
]);

/** Compares what was told with what is. */
export function judge(
  sandbox: Sandbox,
  outcomes: readonly ToldOutcome[],
  orders: readonly Order[],
  refused: readonly RefusedOrder[],
): Judgement {
  const truths = new Map(orders.map((order) => [order, order.truth(sandbox)]));
  const toldOf = (id: string) => outcomes.filter((outcome) => outcome.id === id).map(asTold);
  const unknowns: string[] = [];
  const faults: string[] = [];
  for (const [{ id }, truth] of truths) {
    const told = toldOf(id);
    const last = told.at(-1);
    if (last?.status === "outcome_unknown")
      unknowns.push(`${id}: in the world ${truth.times} times; ${last.nextStep ?? ""}`);
    faults.push(...new Set(faultsOf(told, truth).map((fault) => `${id}: ${fault}`)));
  }
  for (const order of refused) {
    const { times, fault } = order.truth(sandbox);
    const wrong = toldOf(order.id).filter(({ status }) => !REFUSED.has(status));
    if (times > 0 || fault !== undefined) faults.push(`${order.id}: it was done without approval (${order.lack})`);
    faults.push(...new Set(wrong.map(({ status }) => `${order.id}: ${status}`)));
  }
  return { truths, unknowns, faults };
}

/** An operator's yes is no key to show again: who repeats the call hears that it was done. */
const asTold = (outcome: ToldOutcome): ToldOutcome =>
  outcome.mode === "operator" && outcome.status === "already_done"
    ? { ...outcome, status: "done", repeated: true }
    : outcome;

function faultsOf(told: readonly ToldOutcome[], { times, fault }: Truth): readonly string[] {
  const done = told.filter(({ status }) => status === "done");
  const last = told.at(-1)?.status;
  const isDone = done.length > 0;
  const odd = told.filter(({ status }) => status !== "done" && !PASSING.has(status));
  const items = done.flatMap((outcome) => outcome.items ?? []).filter((status) => status !== "success");
  return [
    ...(fault === undefined ? [] : [fault]),
    ...odd.map((outcome) => `it was told ${JSON.stringify(outcome)}`),
    ...(times > 1 ? [`it is in the world ${times} times`] : []),
    ...(isDone && times === 0 ? ["it was told to be done, and is not in the world"] : []),
    ...(isDone && last !== "done" ? [`it was done, and at last told ${last}`] : []),
    ...(!isDone && last !== "outcome_unknown" ? [`it has no end but ${last}`] : []),
    ...items.map((status) => `an item ended as ${status}`),
  ];
}
