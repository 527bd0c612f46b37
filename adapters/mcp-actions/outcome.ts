import type { ApprovalMode, ApprovalOffer, Outcome, PolicyReport, Preview } from "tg-guarded";
import { z } from "zod";
import { defined } from "../mcp/defined.js";
import { isoTime, words } from "../mcp/words.js";
import { proposalShape, showProposal } from "./proposal.js";

export const MODES = ["code", "none", "callback", "terminal", "operator"] as const satisfies readonly ApprovalMode[];

/** What a gate may have to hold, by the names of the tools' arguments. */
export const NEEDS = {
  confirm: "confirm",
  confirmationText: "confirmation_text",
  approvalCode: "approval_code",
} as const;
export const need = z.enum(["confirm", "confirmation_text", "approval_code"]);

const EXECUTE = "call again with the same arguments and dry_run: false, confirm: true";
const SHOW = "Show this preview to the person who decides, and wait for the answer. After a yes";
const ASKED = `${SHOW} ${EXECUTE}; a person is then asked to approve it.` as const;

/** What to do after a preview, by who approves. */
const AFTER_PREVIEW = {
  code: `${SHOW} ${EXECUTE}, what else \`needs\` names, and approval_code; not before approval_execute_after_ts.`,
  none: `${SHOW} ${EXECUTE}, and what else \`needs\` names.`,
  callback: ASKED,
  terminal: ASKED,
  operator: ASKED,
} as const satisfies Record<ApprovalMode, string>;

const AWAITING =
  "A person has to approve it, and can with: tg-guarded approvals show, and this action_id. Tell the user so. Then make the same call again, or tg_resume_action.";

const actionId = z.string().regex(/^[0-9a-f]{24}$/);

const outcomeShape = {
  success: z.literal(true),
  status: z.enum(["preview", "done", "unchanged", "awaiting_approval"]).describe("Something was sent only after done."),
  action_id: actionId,
  at: isoTime().optional(),
  repeated: z.literal(true).optional().describe("It was done before by the same approval, and not again."),
  reason: words(1000).optional().describe("Why there was nothing to do."),
  expires_at: isoTime().optional().describe("The question is void after it."),
  next_step: z.enum([...new Set([...Object.values(AFTER_PREVIEW), AWAITING])]).optional(),
};

const previewShape = {
  ...proposalShape,
  approver: z.enum(MODES).optional(),
  needs: z.array(need).optional().describe("Arguments without which it is not carried out."),
  approval_code: z
    .string()
    .regex(/^\w{6,20}$/)
    .optional(),
  approval_expires_in_sec: z.int().optional(),
  approval_min_age_sec: z.int().optional(),
  approval_execute_after_ts: z.int().optional().describe("Unix time in seconds."),
  quota_left: z.int().optional().describe("How much of the day's quota is left for it."),
};

export const actionIdParameter = actionId.describe("As the preview or the call told it.");

/** What is answered where nothing is previewed; `result` is what was done. */
export const outcomeOutput = <S extends z.ZodObject>(result: S) =>
  z.object({ ...outcomeShape, result: result.optional() });

/** What every other write answers. */
export const writeOutput = <S extends z.ZodObject>(result: S) =>
  z.object({ ...outcomeShape, ...previewShape, result: result.optional() });

/** The same without what was done. */
type ShownOutcome = z.input<z.ZodObject<typeof outcomeShape>>;
type ShownPreview = ShownOutcome & z.input<z.ZodObject<typeof previewShape>>;

export function showPreview(preview: Preview<unknown>, { limits }: PolicyReport, roomChars: number): ShownPreview {
  const { actionId, approval, quotaLeft } = preview;
  return {
    success: true,
    status: "preview",
    action_id: actionId,
    ...showProposal(preview, roomChars),
    ...showOffer(approval, limits),
    ...defined({ quota_left: quotaLeft }),
    next_step: AFTER_PREVIEW[approval.mode],
  };
}

/** The phrase to confirm with is the person's to say: it is never shown. Nor are times of the store's clock, but the first. */
function showOffer({ mode, code, needs, notBefore }: ApprovalOffer, limits: PolicyReport["limits"]) {
  const ofCode = {
    approval_code: code,
    approval_min_age_sec: Math.ceil(limits.approvalMinAgeMs / 1000),
    approval_execute_after_ts: Math.ceil(Date.parse(notBefore) / 1000),
  };
  return defined({
    approver: mode,
    needs: needs.map((name) => NEEDS[name]),
    approval_expires_in_sec: Math.floor(limits.approvalTtlMs / 1000),
    ...(code === undefined ? {} : ofCode),
  });
}

export function showOutcome<R, S>(outcome: Outcome<R>, show: (result: R) => S): ShownOutcome & { readonly result?: S } {
  const { status, actionId } = outcome;
  const told = { success: true, status, action_id: actionId } as const;
  switch (outcome.status) {
    case "done": {
      const { at, repeated, result } = outcome;
      return { ...told, at, ...(repeated ? { repeated } : {}), result: show(result) };
    }
    case "unchanged":
      return { ...told, at: outcome.at, reason: outcome.reason };
    case "awaiting_approval":
      return { ...told, expires_at: outcome.expiresAt, next_step: AWAITING };
  }
}
