import { z } from "zod";

/** What is worth a line: a decision, or what came of an action. */
const AUDIT_EVENTS = [
  "preview",
  "approved",
  "rejected",
  "refused",
  "claimed",
  "done",
  "unchanged",
  "failed",
  "unknown",
  "batch_created",
  "batch_approved",
  "batch_rejected",
  "batch_running",
  "batch_paused",
  "batch_item",
  "batch_completed",
  "batch_expired",
  "batch_cancelled",
  "trail_restarted",
] as const;

const word = z.string().regex(/^[\w:.-]{1,100}$/, "must be one word of at most 100 letters, digits and :.-_");

/**
 * The shape is the guard: ids and words of our own alone fit, so that no text, name or secret can get in. Fields beyond
 * these are dropped.
 */
export const auditEntry = z.object({
  event: z.enum(AUDIT_EVENTS),
  actionId: word.exactOptional(),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex")
    .exactOptional(),
  operation: word.exactOptional(),
  targets: z.array(z.object({ id: z.int(), kind: z.enum(["user", "group", "supergroup", "channel"]) })).exactOptional(),
  batchId: word.exactOptional(),
  /** Its place in the batch, from 0. */
  item: z.int().min(0).exactOptional(),
  status: word.exactOptional(),
  approver: word.exactOptional(),
  code: word.exactOptional(),
});

/** What a line tells: a decision, or what came of an action or a batch. */
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

/** One decision or outcome: ids, never text. */
export type AuditEntry = z.input<typeof auditEntry>;
/** What is left of an entry once it was checked. */
export type CheckedEntry = z.output<typeof auditEntry>;

/** One line of the trail. */
export const auditLine = auditEntry.extend({
  v: z.literal(1),
  /** Counts from 1 over all files of the trail. */
  n: z.int().min(1),
  /** ISO time of the store's clock. */
  at: z.string(),
  account: z.string(),
  /** The hash of the line before, 64 zeros in the first one. */
  prev: z.string(),
  /** SHA-256 of the line up to here, closed by a brace. */
  hash: z.string(),
});

/** A line as it stands in the trail, chained to the one before by its hash. */
export type AuditLine = z.output<typeof auditLine>;
