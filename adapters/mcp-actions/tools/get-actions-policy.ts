import type { ApprovalMode, PolicyReport } from "tg-guarded";
import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { withoutNames } from "../../mcp/failure.js";
import { tool } from "../../mcp/tool.js";
import { LOOKS } from "../annotations.js";
import { MODES, need, NEEDS } from "../outcome.js";

/** Sentences of ours about the configuration, in which no word of anybody else stands. */
const ours = z.string().regex(/^[\w .,:;'"…[\]-]{1,600}$/);

const UNSAFE = [
  "directWrites.block",
  "directWrites.allow",
  "directWrites.enforceActionProcess",
  "requireAllowlist",
  "allow",
  "requireConfirmationText",
  "requireApprovalCode",
  "idempotency",
] as const;

const WRITE_FLOW = [
  "Call the write with dry_run: true. It sends nothing.",
  "Show the preview to the person who decides, and wait for the answer.",
  "After a yes call again with the same arguments, dry_run: false, confirm: true and what else the preview's `needs` names.",
  "After outcome_unknown make the same call again: it finds out, and cannot do it twice.",
] as const;

const APPROVAL_STEP = {
  code: "The approval_code of the preview counts from approval_execute_after_ts on, once, for exactly what was previewed.",
  none: "No approval is asked for.",
  callback: "A person is asked when the write is called.",
  terminal: "A person is asked at the server's terminal when the write is called.",
  operator:
    "A person is asked when the write is called. After awaiting_approval nobody has said yes yet: tell the user, and make the same call again later.",
} as const satisfies Record<ApprovalMode, string>;

const BATCH_FLOW = [
  "Create the batch: its chats are found, and nothing is changed.",
  "Preview it with tg_approve_batch, show that to the person who decides, and have it approved.",
  "Run it with the tool for its operation until it is completed; after paused_quota at goes_on_at.",
] as const;

const output = z.object({
  enabled: z.boolean(),
  block_reason: ours.optional().describe("Why nothing can be written at all."),
  safe_startup_block_reason: ours.optional(),
  approver: z.enum(MODES),
  needs: z.array(need),
  gates: z.object({
    allowlist: z.boolean(),
    confirm: z.boolean(),
    confirmation_text: z.boolean(),
    confirmation_phrase: z.boolean().describe("A phrase is agreed, rather than any text."),
    approval_code: z.boolean(),
    idempotency: z.boolean(),
    own_policies: z.int(),
  }),
  limits: z.object({
    max_message_len: z.int(),
    max_file_mb: z.number(),
    min_confirm_text_len: z.int(),
    approval_min_age_sec: z.number(),
    approval_ttl_sec: z.number(),
    idempotency_window_sec: z.number(),
    max_wrong_attempts: z.int(),
    lock_sec: z.number(),
    batch_ttl_hours: z.number(),
    batch_approval_lease_sec: z.number(),
    batch_run_lease_sec: z.number(),
  }),
  allowed_groups: z.array(z.union([z.int(), z.string().regex(/^(@?\w+|-\d+)$/)])),
  unsafe_issues: z.array(z.enum(UNSAFE)).describe("Essential gates that were taken away."),
  unsafe_override: z.boolean(),
  weak: z.array(ours).describe("What is allowed, but weak."),
  write_flow: z.array(z.enum([...WRITE_FLOW, ...Object.values(APPROVAL_STEP)])),
  batch_flow: z.array(z.enum(BATCH_FLOW)),
});

export const getActionsPolicy = tool({
  name: "tg_get_actions_policy",
  title: "What may be written",
  description:
    "All gates and limits, the chats that may be written to, what is unsafe or weak, why writing is off if it is, and how to write. Sends nothing.",
  input: z.strictObject({}),
  output,
  annotations: LOOKS,
  run: async ({ client }: ServerContext) => show((await client()).actions.policy()),
});

function show(report: PolicyReport): z.input<typeof output> {
  const { approver, gates, blockReason, safeStartupBlockReason } = report;
  return defined({
    enabled: report.enabled,
    block_reason: blockReason && withoutNames(blockReason),
    safe_startup_block_reason: safeStartupBlockReason && withoutNames(safeStartupBlockReason),
    approver,
    needs: report.needs.map((name) => NEEDS[name as keyof typeof NEEDS]),
    gates: {
      allowlist: gates.allowlist,
      confirm: gates.confirm,
      confirmation_text: gates.confirmationText,
      confirmation_phrase: gates.confirmationPhrase,
      approval_code: gates.approvalCode,
      idempotency: gates.idempotency,
      own_policies: gates.ownPolicies,
    },
    limits: showLimits(report.limits),
    allowed_groups: [...report.allow],
    unsafe_issues: report.unsafe.map(({ gate }) => gate as (typeof UNSAFE)[number]),
    unsafe_override: report.unsafeOverride,
    weak: [...report.weak],
    write_flow: [...WRITE_FLOW.slice(0, 2), APPROVAL_STEP[approver], ...WRITE_FLOW.slice(2)],
    batch_flow: [...BATCH_FLOW],
  });
}

const showLimits = (limits: PolicyReport["limits"]) => ({
  max_message_len: limits.maxMessageLength,
  max_file_mb: limits.maxFileMb,
  min_confirm_text_len: limits.minConfirmTextLength,
  approval_min_age_sec: limits.approvalMinAgeMs / 1000,
  approval_ttl_sec: limits.approvalTtlMs / 1000,
  idempotency_window_sec: limits.idempotencyWindowMs / 1000,
  max_wrong_attempts: limits.maxWrongAttempts,
  lock_sec: limits.lockMs / 1000,
  batch_ttl_hours: limits.batchTtlMs / 3_600_000,
  batch_approval_lease_sec: limits.batchApprovalLeaseMs / 1000,
  batch_run_lease_sec: limits.batchRunLeaseMs / 1000,
});
