import { z } from "zod";
import { noteAttempt, type Judged } from "../state/lockout.js";
import type { StateStore } from "../stores/store.js";
import { confirms } from "./confirmation-text.js";
import type { ActionsPolicy } from "./policy.js";
import * as refusals from "./refusals.js";
import type { ApprovalMode, Gate } from "./shapes.js";

/** How an action of this policy is approved. */
export const modeOf = ({ approver, requireApprovalCode }: ActionsPolicy): ApprovalMode =>
  approver.mode === "code" && !requireApprovalCode ? "none" : approver.mode;

/** Whether nobody is asked, so that what the caller says must do. */
const isOnCallersWord = (policy: ActionsPolicy): boolean => ["code", "none"].includes(modeOf(policy));

/** What a gate must hold for this policy. */
export const needsOf = (policy: ActionsPolicy): readonly ("confirm" | "confirmationText" | "approvalCode")[] => [
  ...(policy.requireConfirm ? (["confirm"] as const) : []),
  ...(isOnCallersWord(policy) && policy.requireConfirmationText ? (["confirmationText"] as const) : []),
  ...(modeOf(policy) === "code" ? (["approvalCode"] as const) : []),
];

/** A text that looks like yes is none. */
export const gateSchema = z.strictObject({
  confirm: z.boolean(),
  confirmationText: z.string().max(1000).exactOptional(),
  approvalCode: z.string().max(100).exactOptional(),
  forceResend: z.boolean().exactOptional(),
});

export interface GateContext {
  readonly account: string;
  readonly store: StateStore;
  readonly policy: ActionsPolicy;
}

/** Counts wrong codes and phrases of the account, for all processes that share the store. */
export async function judge({ account, store, policy }: GateContext, actionId: string, judged: Judged): Promise<void> {
  const { maxWrongAttempts: attempts, lockMs } = policy;
  const note = noteAttempt(judged, { attempts, lockMs });
  const { lockedMs } = await store.update(`lockout:${account}`, note, { durable: true });
  if (lockedMs > 0) throw refusals.approvalLocked(actionId, lockedMs);
}

/** Confirmed at all, and by the right text where nobody is asked. */
export async function passGates(context: GateContext, gate: Gate, actionId: string): Promise<void> {
  const { policy } = context;
  if (policy.requireConfirm && !gate.confirm) throw refusals.notConfirmed(actionId);
  if (!isOnCallersWord(policy)) return;
  if (!policy.requireConfirmationText) {
    await judge(context, actionId, "right");
    return;
  }
  const text = gate.confirmationText ?? "";
  // What was left out is no guess, and neither is a short text where any would do.
  if (text.trim() === "") throw refusals.textMissing(actionId);
  const right = confirms(policy, text);
  if (!right && policy.confirmationPhrase === undefined)
    throw refusals.textTooShort(actionId, policy.minConfirmTextLength);
  await judge(context, actionId, right ? "right" : "wrong");
  if (!right) throw refusals.textWrong(actionId);
}
