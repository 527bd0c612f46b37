import type { ActionsPolicy } from "./policy.js";

/** An essential gate that was taken away. */
export interface UnsafeIssue {
  /** The option that takes it away. */
  readonly gate: string;
  /** What that means, in words. */
  readonly text: string;
}

/** The gates without which writing is off, and whether this policy lacks them. */
const ESSENTIAL: readonly (UnsafeIssue & { readonly isWeak: (policy: ActionsPolicy) => boolean })[] = [
  {
    gate: "directWrites.block",
    text: "Direct writes are not blocked.",
    isWeak: ({ directWrites }) => !directWrites.block,
  },
  { gate: "directWrites.allow", text: "Direct writes are allowed.", isWeak: ({ directWrites }) => directWrites.allow },
  {
    gate: "directWrites.enforceActionProcess",
    text: "Writes are not kept to the process for actions.",
    isWeak: ({ directWrites }) => !directWrites.enforceActionProcess,
  },
  { gate: "requireAllowlist", text: "No allowlist is required.", isWeak: ({ requireAllowlist }) => !requireAllowlist },
  {
    gate: "allow",
    text: "The allowlist is empty.",
    isWeak: ({ requireAllowlist, allow }) => requireAllowlist && allow.length === 0,
  },
  {
    gate: "requireConfirmationText",
    text: "No confirmation text is required.",
    isWeak: ({ requireConfirmationText }) => !requireConfirmationText,
  },
  {
    gate: "requireApprovalCode",
    text: "No approval is required.",
    isWeak: ({ requireApprovalCode }) => !requireApprovalCode,
  },
  {
    gate: "idempotency",
    text: "What was done may be done again at once.",
    isWeak: ({ idempotency, idempotencyWindowMs }) => !idempotency || idempotencyWindowMs === 0,
  },
];

export const unsafeIssues = (policy: ActionsPolicy): readonly UnsafeIssue[] =>
  ESSENTIAL.filter(({ isWeak }) => isWeak(policy)).map(({ gate, text }) => ({ gate, text }));

/** Why no action starts at all although actions are enabled: an essential gate is missing and nobody said that this is meant. */
export function safeStartupBlockReason(policy: ActionsPolicy): string | undefined {
  const issues = unsafeIssues(policy);
  if (issues.length === 0 || policy.unsafeOverride) return undefined;
  return `Actions are off because gates were taken away: ${issues.map(({ text }) => text).join(" ")}`;
}

const ACTIONS_CONTEXT = "actions_mcp";

/** Why this process may not write, by what its environment says of it. An override does not help against it. */
function processBlockReason({ directWrites }: ActionsPolicy): string | undefined {
  const { context, contexts, actionProcess } = directWrites;
  if (actionProcess === false) return "This process is not the one for actions.";
  if (context === undefined || (context === ACTIONS_CONTEXT && contexts.includes(context))) return undefined;
  return `The context "${context}" may not write.`;
}

/** Why every action is refused, if it is. */
export const blockReason = (policy: ActionsPolicy): string | undefined =>
  policy.enabled ? (processBlockReason(policy) ?? safeStartupBlockReason(policy)) : "Actions are not enabled.";

/** What a person should know of a policy that is allowed, but weak. */
export function weaknesses(policy: ActionsPolicy): readonly string[] {
  const { approver, requireApprovalCode, requireConfirmationText, confirmationPhrase, showPhrase, requireConfirm } =
    policy;
  const byCode = approver.mode === "code";
  const text = byCode && requireConfirmationText;
  return [
    ...(policy.unsafeOverride ? unsafeIssues(policy).map(({ text }) => `UNSAFE: ${text}`) : []),
    ...(text && confirmationPhrase === undefined
      ? [`No confirmation phrase is set: any text of ${policy.minConfirmTextLength} characters confirms.`]
      : []),
    ...(text && showPhrase && typeof confirmationPhrase === "string"
      ? ["The confirmation phrase is shown with the preview: whoever reads the preview can confirm."]
      : []),
    ...(byCode && requireApprovalCode && approver.minAgeMs === 0 ? ["The approval code counts at once."] : []),
    ...(approver.mode === "operator" && approver.key === undefined
      ? ["The operator has no secret: whoever runs as the same user can decide in his place."]
      : []),
    ...(requireConfirm ? [] : ["A call needs no confirm: true."]),
  ];
}
