import { GuardError } from "../../errors.js";
import type { Halted, RunClaimed } from "../../state/batch.js";

/** The fence of a run that was claimed; else the refusal that says why not. */
export function fenceOf(batchId: string, claimed: RunClaimed): number {
  switch (claimed.kind) {
    case "claimed":
      return claimed.fence;
    case "busy":
      throw busy(batchId, claimed.waitMs);
    case "paused":
      throw paused(batchId, claimed.waitMs);
    default:
      throw halted(batchId, claimed);
  }
}

/** Why a batch cannot be worked on. */
export function halted(batchId: string, why: Halted): GuardError {
  switch (why.kind) {
    case "missing":
      return batchUnknown(batchId);
    case "not_approved":
      return new GuardError("batch_not_approved", `Batch ${batchId} is not approved, or its approval has lapsed.`, {
        details: { batchId },
        nextStep: "Have a person approve it, again if need be; what is done stays done.",
      });
    case "over":
      return new GuardError("batch_over", `Batch ${batchId} is ${why.end}.`, {
        details: { batchId, status: why.end },
        nextStep: "Look at its items, and create a new batch for what is left.",
      });
  }
}

export const batchUnknown = (batchId: string): GuardError<"batch_unknown"> =>
  new GuardError("batch_unknown", `There is no batch ${batchId}.`, {
    details: { batchId },
    nextStep: "List the batches of this account.",
  });

const busy = (batchId: string, retryAfterMs: number): GuardError<"batch_busy"> =>
  new GuardError("batch_busy", `Another process runs batch ${batchId}.`, {
    details: { batchId, retryAfterMs },
    nextStep: `Let it work; if it was killed, the batch can be run again in ${seconds(retryAfterMs)} s.`,
  });

/** This run may go on no more. What it had begun is looked into by the next one. */
export const leaseLost = (batchId: string, retryAfterMs: number): GuardError<"batch_busy"> =>
  new GuardError(
    "batch_busy",
    `This run of batch ${batchId} has lost its lease, to another process or to a long pause.`,
    {
      details: { batchId, retryAfterMs },
      nextStep: "Run it again: it goes on where it stopped, or tells who runs it.",
      applied: "unknown",
    },
  );

const paused = (batchId: string, retryAfterMs: number): GuardError<"batch_paused"> =>
  new GuardError("batch_paused", `Batch ${batchId} pauses: a quota is used up, or Telegram asked to wait.`, {
    details: { batchId, retryAfterMs },
    nextStep: `Run it again in ${seconds(retryAfterMs)} s; it goes on where it stopped.`,
  });

const seconds = (ms: number): number => Math.ceil(ms / 1000);
