import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.js";
import { claimedWrites } from "./claimed-writes.js";
import { codeOf, type Journal } from "./journal.js";
import { NothingToDo } from "./operation.js";
import type { Thought } from "./plan.js";
import type { OperationContext } from "./operation.js";
import type { Done, Unchanged } from "./shapes.js";

export interface UnapprovedContext extends OperationContext {
  readonly clock: Clock;
  readonly journal: Journal;
}

/**
 * Carries out what nobody else will ever see, and what may be done twice: without approval and without a record, but past
 * the allowlist, the limits and the program's own policies, and on the audit trail.
 */
export async function performUnapproved<R>(
  { telegram, clock, journal }: UnapprovedContext,
  { prepared, proposal }: Thought<R>,
  signal: AbortSignal,
): Promise<Done<R> | Unchanged> {
  const { actionId } = proposal;
  await journal.decided("claimed", proposal, "none");
  const write = claimedWrites({ telegram, actionId, reservation: randomUUID(), resumed: false, signal });
  const noMarks = { marked: () => undefined, mark: () => Promise.resolve() };
  try {
    const result = await prepared.perform({ randomIds: [], resumed: false, changed: false, write, ...noMarks });
    await journal.ended("done", proposal);
    const at = new Date(clock.now()).toISOString();
    return result instanceof NothingToDo
      ? { status: "unchanged", actionId, at, reason: result.reason }
      : { status: "done", actionId, at, repeated: false, result };
  } catch (error) {
    await journal.ended("failed", proposal, codeOf(error));
    throw error;
  }
}
