import { needsOf, modeOf } from "./gates.js";
import type { ActionsPolicy } from "./policy.js";
import { blockReason, safeStartupBlockReason, unsafeIssues, weaknesses, type UnsafeIssue } from "./safety.js";
import type { ApprovalMode } from "./shapes.js";
import type { ChatRef } from "../telegram/chat-ref.js";

/** What may be written and how it is approved. No phrase, no code and no secret is in it. */
export interface PolicyReport {
  /** Whether actions can be previewed and carried out at all. */
  readonly enabled: boolean;
  /** Why not. */
  readonly blockReason?: string;
  /** Why not, where gates were taken away without saying that this is meant. */
  readonly safeStartupBlockReason?: string;
  readonly approver: ApprovalMode;
  /** What a gate must hold. */
  readonly needs: readonly string[];
  readonly gates: {
    readonly allowlist: boolean;
    readonly confirm: boolean;
    readonly confirmationText: boolean;
    /** A phrase is agreed, rather than any text of the minimum length. */
    readonly confirmationPhrase: boolean;
    readonly approvalCode: boolean;
    readonly idempotency: boolean;
    readonly ownPolicies: number;
  };
  /**
   * Lengths in UTF-16 code units, `maxFileMb` in megabytes of 1,048,576 bytes, what ends in Ms in milliseconds.
   * `approvalMinAgeMs` is 0 where a person is asked.
   */
  readonly limits: {
    readonly maxMessageLength: number;
    readonly maxFileMb: number;
    readonly minConfirmTextLength: number;
    readonly approvalMinAgeMs: number;
    readonly approvalTtlMs: number;
    readonly idempotencyWindowMs: number;
    readonly maxWrongAttempts: number;
    readonly lockMs: number;
    readonly batchTtlMs: number;
    readonly batchApprovalLeaseMs: number;
    readonly batchRunLeaseMs: number;
  };
  readonly allow: readonly ChatRef[];
  /** Essential gates that were taken away. */
  readonly unsafe: readonly UnsafeIssue[];
  readonly unsafeOverride: boolean;
  /** What is allowed, but weak. */
  readonly weak: readonly string[];
  /** The steps of a write, in words for an agent. */
  readonly writeFlow: readonly string[];
  readonly batchFlow: readonly string[];
}

export function policyReport(policy: ActionsPolicy): PolicyReport {
  const reasons = { blockReason: blockReason(policy), safeStartupBlockReason: safeStartupBlockReason(policy) };
  return {
    enabled: reasons.blockReason === undefined,
    ...(reasons.blockReason === undefined ? {} : { blockReason: reasons.blockReason }),
    ...(reasons.safeStartupBlockReason === undefined ? {} : { safeStartupBlockReason: reasons.safeStartupBlockReason }),
    approver: modeOf(policy),
    needs: needsOf(policy),
    gates: gatesOf(policy),
    limits: limitsOf(policy),
    allow: policy.allow,
    unsafe: unsafeIssues(policy),
    unsafeOverride: policy.unsafeOverride,
    weak: weaknesses(policy),
    writeFlow: writeFlow(policy),
    batchFlow: BATCH_FLOW,
  };
}

const gatesOf = (policy: ActionsPolicy): PolicyReport["gates"] => ({
  allowlist: policy.requireAllowlist,
  confirm: policy.requireConfirm,
  confirmationText: policy.requireConfirmationText,
  confirmationPhrase: policy.confirmationPhrase !== undefined,
  approvalCode: policy.requireApprovalCode,
  idempotency: policy.idempotency,
  ownPolicies: policy.policies.length,
});

const limitsOf = (policy: ActionsPolicy): PolicyReport["limits"] => ({
  maxMessageLength: policy.maxMessageLength,
  maxFileMb: policy.maxFileMb,
  minConfirmTextLength: policy.minConfirmTextLength,
  approvalMinAgeMs: policy.approver.mode === "code" ? policy.approver.minAgeMs : 0,
  approvalTtlMs: policy.approver.ttlMs,
  idempotencyWindowMs: policy.idempotencyWindowMs,
  maxWrongAttempts: policy.maxWrongAttempts,
  lockMs: policy.lockMs,
  batchTtlMs: policy.batchTtlMs,
  batchApprovalLeaseMs: policy.batchApprovalLeaseMs,
  batchRunLeaseMs: policy.batchRunLeaseMs,
});

const APPROVAL_STEP: Readonly<Record<ApprovalMode, string>> = {
  code: "Wait until approval.notBefore, and take approval.code for the gate.",
  none: "No approval is asked for.",
  callback: "The program asks a person when the action is called.",
  terminal: "A person is asked at the terminal when the action is called.",
  operator: "Ask the operator to decide with: tg-guarded approvals. An outcome awaiting_approval means: not yet.",
};

const writeFlow = (policy: ActionsPolicy): readonly string[] => [
  "Call the action without a gate: it previews and sends nothing.",
  "Show the preview to the person who decides, and wait for the answer.",
  APPROVAL_STEP[modeOf(policy)],
  `Call the action again with the same input and a gate that holds: ${needsOf(policy).join(", ") || "nothing"}.`,
  "After outcome_unknown make the same call again: it finds out, and cannot do it twice.",
];

const BATCH_FLOW: readonly string[] = [
  "Create the batch: its targets are resolved, and nothing is changed.",
  "Show it to the person who decides, and approve it with what that person said.",
  "Run it in chunks until it is completed; after paused_quota go on at the time it names.",
];
