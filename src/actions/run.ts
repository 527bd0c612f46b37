import type { Clock } from "../clock.js";
import { isGuardError } from "../errors.js";
import type { ActionState, Claimed } from "../state/action.js";
import type { Telegram } from "../telegram/telegram.js";
import { claimedWrites } from "./claimed-writes.js";
import { codeOf, type Journal } from "./journal.js";
import { holdLease } from "./lease.js";
import { modeOf } from "./gates.js";
import { NothingToDo, type Run } from "./operation.js";
import type { Plan } from "./plan.js";
import type { ActionsPolicy } from "./policy.js";
import { siblingsOf } from "./record.js";
import * as refusals from "./refusals.js";
import { assertInTime } from "./when.js";
import type { Done, Unchanged } from "./shapes.js";

/** The action is ours to carry out. */
export type Taken = Extract<Claimed, { kind: "claimed" }>;

export interface RunContext {
  readonly telegram: Telegram;
  readonly policy: ActionsPolicy;
  readonly clock: Clock;
  readonly journal: Journal;
}

/** Carries out what was claimed, and writes down what came of it. */
export async function runClaimed<R>(
  context: RunContext,
  plan: Plan<R>,
  taken: Taken,
  signal: AbortSignal,
): Promise<Done<R> | Unchanged> {
  const { clock, policy, journal } = context;
  const { proposal } = plan;
  const { actionId } = proposal;
  const { leaseMs } = policy;
  const renew = (forMs: number): Promise<boolean> => plan.record.renew(taken.fence, forMs);
  const lease = holdLease({ leaseMs, renew }, clock, signal);
  try {
    const result = await writeDownAndPerform(context, plan, taken, lease.signal).catch((error: unknown) =>
      fail(context, plan, taken, error, signal),
    );
    await plan.record
      .settle(taken.fence, { kind: "done", windowMs: plan.windowMs, ...endingOf(result) })
      // It was sent, but nobody has written that down: the same call finds out, by the same random id.
      .catch(async (error: unknown) => {
        await journal.ended("unknown", proposal, codeOf(error));
        throw refusals.outcomeUnknown(actionId, error);
      });
    await journal.ended(result instanceof NothingToDo ? "unchanged" : "done", proposal);
    const at = new Date(clock.now()).toISOString();
    return result instanceof NothingToDo
      ? { status: "unchanged", actionId, at, reason: result.reason }
      : { status: "done", actionId, at, repeated: false, result };
  } finally {
    lease.end();
  }
}

const endingOf = (result: unknown): { readonly result: unknown; readonly unchanged?: string } =>
  result instanceof NothingToDo ? { result: null, unchanged: result.reason } : { result };

/** No byte is sent before the claim stands in the audit trail. */
async function writeDownAndPerform<R>(
  context: RunContext,
  plan: Plan<R>,
  taken: Taken,
  signal: AbortSignal,
): Promise<R | NothingToDo> {
  if (taken.uncertainSinceMs === undefined) assertInTime(plan.proposal.operation, plan.prepared.notAfterMs);
  await context.journal.decided("claimed", plan.proposal, modeOf(context.policy));
  return resumeOrPerform(context, plan, taken, signal);
}

/** What surely took no effect gives the approval back; anything else stays open until somebody finds out. */
async function fail<R>(
  { journal }: RunContext,
  plan: Plan<R>,
  taken: Taken,
  error: unknown,
  signal: AbortSignal,
): Promise<never> {
  // An earlier run may have done it, whatever this one was refused.
  const harmless = taken.uncertainSinceMs === undefined && isGuardError(error) && error.applied === "no";
  const { actionId } = plan.proposal;
  await journal.ended(harmless ? "failed" : "unknown", plan.proposal, codeOf(error));
  await plan.record.settle(taken.fence, { kind: harmless ? "released" : "unknown" }).catch((settling: unknown) => {
    throw refusals.outcomeUnknown(actionId, new AggregateError([error, settling], "Neither could it be written down."));
  });
  if (harmless || isGuardError(error, "outcome_unknown") || signal.aborted) throw error;
  throw refusals.outcomeUnknown(actionId, error);
}

/**
 * Within the replay window the same random ids make a second send harmless. Later only Telegram can tell, and also where
 * what was approved is no longer there: it may be what this action has changed, or somebody else.
 */
async function resumeOrPerform<R>(
  context: RunContext,
  plan: Plan<R>,
  taken: Taken,
  signal: AbortSignal,
): Promise<R | NothingToDo> {
  const { prepared, proposal } = plan;
  const sinceMs = taken.uncertainSinceMs ?? 0;
  const run = runOf(context, plan, taken, signal);
  if (sinceMs > context.policy.replayWindowMs || (run.changed && prepared.goesOnChanged !== true)) {
    const found = await prepared.find(sinceMs, run);
    if (found === undefined || (await isAnothers(plan, found))) throw refusals.outcomeLost(proposal.actionId);
    return found;
  }
  try {
    return await prepared.perform(run);
  } catch (error) {
    if (!isGuardError(error) || error.applied !== "yes") throw error;
    const found = await prepared.find(sinceMs, run);
    if (found === undefined || (await isAnothers(plan, found))) {
      throw refusals.outcomeUnknown(proposal.actionId, error);
    }
    return found;
  }
}

/** A message that was found may be the one of another action with the same text, which is known to have sent it. */
async function isAnothers<R>({ record, prepared }: Plan<R>, found: R): Promise<boolean> {
  if (prepared.randomIdCount === 0) return false;
  const result = JSON.stringify(found);
  for await (const [key, { phase }] of record.store.entries<ActionState>(siblingsOf(record.key))) {
    if (key !== record.key && phase.kind === "done" && JSON.stringify(phase.result) === result) return true;
  }
  return false;
}

function runOf<R>(context: RunContext, plan: Plan<R>, taken: Taken, signal: AbortSignal): Run {
  const { actionId } = plan.proposal;
  const resumed = taken.uncertainSinceMs !== undefined;
  const marks = new Map(Object.entries(taken.marks ?? {}));
  return {
    randomIds: taken.randomIds,
    resumed,
    changed: taken.before !== plan.before,
    write: claimedWrites({
      telegram: context.telegram,
      actionId,
      reservation: `${actionId}:${taken.generation}`,
      resumed,
      signal,
    }),
    marked: (step) => marks.get(step),
    async mark(step, value = "") {
      if (!(await plan.record.mark(taken.fence, step, value))) throw refusals.outcomeUnknown(actionId);
      marks.set(step, value);
    },
  };
}
