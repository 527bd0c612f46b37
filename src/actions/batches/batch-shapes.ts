import type { BatchItemState } from "../../state/batch-item.js";
import type { BatchState } from "../../state/batch-state.js";
import {
  countItems,
  itemStatusOf,
  statusOf,
  type BatchStatus,
  type ItemCounts,
  type ItemStatus,
} from "../../state/batch-status.js";
import { targetOf, type BatchTarget } from "./batch-target.js";

/** One item of a batch. */
export interface BatchItem {
  /** Its place in the batch, from 0. */
  readonly n: number;
  readonly status: ItemStatus;
  /** What it does, to whom. */
  readonly target: BatchTarget;
  /** The code of the error it ended in. */
  readonly code?: string;
  /** ISO time at which it was settled. */
  readonly settledAt?: string;
}

/** A batch as a whole. */
export interface BatchSummary {
  readonly batchId: string;
  readonly operation: string;
  readonly status: BatchStatus;
  /** SHA-256 of what its items do; an approval names it. */
  readonly digest: string;
  readonly note?: string;
  /** ISO times. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Who approved it, and until when that counts. */
  readonly approval?: { readonly approver: string; readonly by?: string; readonly until: string };
  /** When a batch that is paused can go on. */
  readonly goesOnAt?: string;
  readonly itemCount: number;
  readonly counts: ItemCounts;
}

export function batchOf(batchId: string, state: BatchState, items: readonly BatchItemState[]): BatchSummary {
  const { operation, digest, note, createdAt, expiresAt, approval, pausedUntil, itemCount } = state;
  const status = statusOf(state);
  return {
    batchId,
    operation,
    status,
    digest,
    ...(note === undefined ? {} : { note }),
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    ...(approval === undefined ? {} : { approval: { ...approval, until: iso(approval.until) } }),
    ...(pausedUntil === undefined ? {} : { goesOnAt: iso(pausedUntil) }),
    itemCount,
    counts: countItems(items.map((item) => itemStatusOf(item, status))),
  };
}

export function itemOf(item: BatchItemState, batch: BatchState): BatchItem {
  const { n, payload, phase } = item;
  const status = itemStatusOf(item, statusOf(batch));
  const target = targetOf(payload);
  if (phase.kind !== "settled") return { n, status, target };
  const { code, settledAt } = phase;
  return { n, status, target, settledAt: iso(settledAt), ...(code === undefined ? {} : { code }) };
}

const iso = (at: number): string => new Date(at).toISOString();
