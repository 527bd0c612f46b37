import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { approvers, GuardedClient, memoryStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { FAR_FROM_MIDNIGHT } from "../quota-day.js";
import { approveAll } from "./approve.js";
import { changes, reading } from "./changing.js";
import { askAtTheEnd, auditFaults, quotaFaults, unitsOf } from "./checks.js";
import type { Shift } from "./crew.js";
import { judge } from "./judge.js";
import { batches, comings, others } from "./members.js";
import type { Order } from "./order.js";
import { refused as refusedOrders } from "./refused.js";
import { MIRA } from "./world-facts.js";
import { runShifts, type Shifts } from "./shifts.js";
import { drafts, files, forwards, texts } from "./sending.js";

export interface RoundResult {
  readonly orders: number;
  readonly shifts: readonly Shift[];
  readonly drops: number;
  readonly floods: number;
  /** The orders that ended with `outcome_unknown`, and how. */
  readonly unknowns: readonly string[];
  /** Everything that must not be. */
  readonly faults: readonly string[];
}

const FAMILY = "Family 🏡";
const COUNCIL = "@harbour_council";
const QUIET = "@quiet_quay";
const UNGUARDED = { requireAllowlist: false, unsafeOverride: true } as const;

/** Gives orders of every kind to processes that are killed, until all of them have an end; then looks what came of it. */
export async function runRound(
  folder: string,
  { random, tally, mercyAfter }: Pick<Shifts, "random" | "tally" | "mercyAfter">,
): Promise<RoundResult> {
  await using sandbox = await startSandbox();
  const dataDir = join(folder, "data");
  mkdirSync(join(dataDir, "downloads"), { recursive: true });
  await arrange(sandbox);
  const asked = { unread: new Map<number, number>(), barred: new Set<number>() };
  const orders: readonly Order[] = [
    ...texts(sandbox),
    ...files(sandbox, join(dataDir, "downloads")),
    ...forwards(sandbox),
    ...drafts(sandbox),
    ...changes(sandbox),
    ...reading(sandbox, asked.unread),
    ...comings(sandbox),
    ...others(sandbox, asked.barred),
    ...batches(sandbox),
  ];
  const never = refusedOrders(sandbox);
  const path = join(folder, "state.sqlite");
  const limits = unitsOf(orders);
  const options = { ...sandbox.clientOptions(), dataDir, limits: limitsOf(limits), actions: ACTIONS };
  const store = sqliteStore({ path });
  try {
    const given = await approveAll({ ...options, store }, orders, never);
    const shifts = await runShifts(sandbox, { options, path }, { given, orders, random, tally, mercyAfter });
    await askAtTheEnd(options, asked);
    const outcomes = shifts.flatMap((shift) => shift.outcomes);
    const { truths, unknowns, faults } = judge(sandbox, outcomes, orders, never);
    const count = (outcome: RegExp) => sandbox.log.filter((line) => outcome.test(line.outcome)).length;
    return {
      orders: orders.length,
      shifts,
      drops: count(/^dropped$/),
      floods: count(/^FLOOD_WAIT/),
      unknowns,
      faults: [
        ...faults,
        ...(await quotaFaults(store, limits, truths)),
        ...(await auditFaults(store, dataDir, given, truths)),
        ...sandbox.problems.map((problem) => `the sandbox itself: ${String(problem)}`),
      ],
    };
  } finally {
    await store.close();
  }
}

const ACTIONS = {
  ...UNGUARDED,
  leaseMs: 1000,
  batchRunLeaseMs: 1000,
  maxWrongAttempts: 1_000_000,
} as const;

/** Just enough for all orders, and no waits of our own. */
const limitsOf = ({ dm, join: joins, group_msg: groupMessages }: ReturnType<typeof unitsOf>) => ({
  directMessages: dm,
  joins,
  groupMessages,
  perSecond: 10_000,
  filePartsPerSecond: 10_000,
  pauses: { afterJoinMs: 0, everyDirectMessages: 0, everyParticipants: 0 },
  floodSeries: { count: 0, withinMs: 0 },
  timeZone: FAR_FROM_MIDNIGHT,
});

/** What the orders need: a group to come back to, and rights in another. */
async function arrange(sandbox: Sandbox): Promise<void> {
  for (const chat of [FAMILY, COUNCIL]) sandbox.world.setRights(chat, MIRA, { admin: true });
  const actions = { ...UNGUARDED, approver: approvers.callback(() => true) };
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore(), actions });
  await client.actions.leaveDialog({ chat: QUIET }, { confirm: true });
}
