import type { Batch, BatchItem, BatchStatus, BatchSummary, ItemStatus, KindName } from "tg-guarded";
import { z } from "zod";
import { defined } from "../mcp/defined.js";
import { isoTime, nameText, words } from "../mcp/words.js";
import { fitting } from "../mcp/fitting.js";
import { MODES } from "./outcome.js";

const STATUSES = [
  "pending_approval",
  "approved",
  "running",
  "paused_quota",
  "completed",
  "expired",
  "cancelled",
] as const satisfies readonly BatchStatus[];

const ITEM_STATUSES = [
  "pending",
  "success",
  "already_member",
  "failed",
  "blocked_rights",
  "blocked_policy",
  "unknown",
] as const satisfies readonly ItemStatus[];

/** What to do with a batch, by where it stands. */
const NEXT_STEPS = {
  pending_approval:
    "Preview it with tg_approve_batch, show that to the person who decides, and after a yes call tg_approve_batch with dry_run: false, confirm: true.",
  approved: "Run it with the tool for its operation, again and again until it is completed.",
  running: "Another process is at work on it. Look again with tg_get_batch_status.",
  paused_quota: "The day's quota is used up. Run it again at goes_on_at; it goes on where it stopped.",
  completed: undefined,
  expired: "It can be run no more. Create a new batch for what is left.",
  cancelled: "It can be run no more. Create a new batch for what is left.",
} as const satisfies Record<BatchStatus, string | undefined>;

const code = z.string().regex(/^\w{1,80}$/);

/** An item and whom it concerns. */
export const itemSchema = z.object({
  n: z.int(),
  status: z.enum(ITEM_STATUSES),
  chat_id: z.int().optional(),
  title: nameText().optional(),
  asked: nameText().optional().describe("What was named, where no chat was found by it."),
  user_id: z.int().optional(),
  message_ids: z.array(z.int()).optional(),
  code: code.optional().describe("Of the error that it ended in; Telegram's own in capitals."),
});

const summaryShape = {
  batch_id: z.string().regex(/^bat_[0-9a-f]{16}$/),
  operation: z.enum(["addMember", "deleteMessages", "leaveDialog"]),
  status: z.enum(STATUSES),
  note: words(500).optional(),
  created_at: isoTime(),
  expires_at: isoTime(),
  approval: z.object({ approver: z.enum(MODES), until: isoTime() }).optional(),
  goes_on_at: isoTime().optional(),
  item_count: z.int(),
  counts: z.object(
    Object.fromEntries(ITEM_STATUSES.map((status) => [status, z.int()])) as Record<ItemStatus, z.ZodInt>,
  ),
};

export const summarySchema = z.object(summaryShape);

/** Where a batch stands, with what is still to be done and what went wrong. */
export const batchOutput = z.object({
  ...summaryShape,
  pending: z.array(itemSchema).optional().describe("The first 20."),
  problems: z.array(itemSchema).optional().describe("The last 20 that failed, are blocked, or of unknown outcome."),
  last_error: code.optional(),
  next_step: z.enum([...new Set(Object.values(NEXT_STEPS).filter((step) => step !== undefined))]).optional(),
});

const SHOWN = 20;
/** Lists of items share the room of a result. */
const SHARE = 0.3;

const isProblem = ({ status }: BatchItem): boolean =>
  status !== "pending" && status !== "success" && status !== "already_member";

export async function showBatch(batch: Batch, roomChars: number): Promise<z.input<typeof batchOutput>> {
  const summary = await batch.status();
  const items = await batch.items();
  const room = roomChars * SHARE;
  const pending = items.filter(({ status }) => status === "pending").slice(0, SHOWN);
  const problems = items.filter(isProblem).slice(-SHOWN);
  const lastError = items
    .filter(({ code, settledAt }) => code !== undefined && settledAt !== undefined)
    .sort((one, other) => (one.settledAt ?? "").localeCompare(other.settledAt ?? ""))
    .at(-1)?.code;
  return {
    ...showSummary(summary),
    ...defined({
      pending: pending.length === 0 ? undefined : fitting(pending.map(showItem), room).shown,
      problems: problems.length === 0 ? undefined : fitting(problems.map(showItem), room).shown,
      last_error: lastError,
      next_step: NEXT_STEPS[summary.status],
    }),
  };
}

export const showSummary = (summary: BatchSummary): z.input<typeof summarySchema> => {
  const { batchId, operation, status, note, createdAt, expiresAt, approval, goesOnAt, itemCount, counts } = summary;
  return defined({
    batch_id: batchId,
    operation: operation as KindName,
    status,
    note,
    created_at: createdAt,
    expires_at: expiresAt,
    approval: approval && { approver: approval.approver as (typeof MODES)[number], until: approval.until },
    goes_on_at: goesOnAt,
    item_count: itemCount,
    counts,
  });
};

export const showItem = ({ n, status, target, code }: BatchItem): z.input<typeof itemSchema> => {
  const { chat, title, asked, user, messageIds } = target;
  return defined({
    n,
    status,
    chat_id: chat,
    title,
    asked: asked === undefined ? undefined : String(asked),
    user_id: user,
    message_ids: messageIds && [...messageIds],
    code,
  });
};

const HOUR_MS = 3_600_000;

/** The options of a new batch, in the words of the package. */
export const optionsOf = (
  { note, ttl_hours: ttlHours }: { readonly note: string; readonly ttl_hours?: number | undefined },
  signal: AbortSignal,
) => ({
  signal,
  ...(note.trim() === "" ? {} : { note: note.trim() }),
  ...(ttlHours === undefined ? {} : { ttlMs: Math.max(1000, Math.round(ttlHours * HOUR_MS)) }),
});
