import type { BatchEnd } from "../errors.js";
import type { BatchItemState, ItemEnd } from "./batch-item.js";
import type { BatchState } from "./batch-state.js";

/** How a batch stands. `paused_quota` can be run again from `goesOnAt` on. */
export type BatchStatus = "pending_approval" | "approved" | "running" | "paused_quota" | BatchEnd;
/** How an item of a batch stands, or how it ended. */
export type ItemStatus = "pending" | ItemEnd;

/** How many items are in each state. */
export type ItemCounts = Readonly<Record<ItemStatus, number>>;

/** What a batch is to those who look at it; the state must be as of now. */
export function statusOf({ phase, approval, run, pausedUntil }: BatchState): BatchStatus {
  if (phase.kind !== "open") return phase.kind;
  if (approval === undefined) return "pending_approval";
  if (run !== undefined) return "running";
  return pausedUntil === undefined ? "approved" : "paused_quota";
}

/** An item that was begun, in a batch that nobody goes on with, may have been done. */
export function itemStatusOf({ phase }: BatchItemState, batch: BatchStatus): ItemStatus {
  if (phase.kind === "settled") return phase.status;
  const wasBegun = phase.kind === "taken" || phase.uncertainSince !== undefined;
  return wasBegun && isOver(batch) ? "unknown" : "pending";
}

export const isOver = (status: BatchStatus): status is BatchEnd =>
  status === "completed" || status === "expired" || status === "cancelled";

/** Counted from the items each time, never kept beside them. */
export function countItems(statuses: Iterable<ItemStatus>): ItemCounts {
  const counts: Record<ItemStatus, number> = {
    pending: 0,
    success: 0,
    already_member: 0,
    failed: 0,
    blocked_rights: 0,
    blocked_policy: 0,
    unknown: 0,
  };
  for (const status of statuses) counts[status]++;
  return counts;
}
