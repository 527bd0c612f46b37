import type { Clock } from "../clock.js";
import { approvalKey, newApprovalCode } from "./digest.js";
import { modeOf, needsOf } from "./gates.js";
import type { Plan } from "./plan.js";
import type { ActionsPolicy } from "./policy.js";
import { newRandomIds } from "./random-ids.js";
import type { ApprovalOffer } from "./shapes.js";

interface OfferContext {
  readonly policy: ActionsPolicy;
  readonly clock: Clock;
}

interface Offered {
  readonly offer: ApprovalOffer;
  readonly warnings: readonly string[];
}

/** How this action can be approved. Only an approver that gives codes opens an approval with the preview. */
export async function offerApproval({ policy, clock }: OfferContext, plan: Plan<unknown>): Promise<Offered> {
  const { approver } = policy;
  const mode = modeOf(policy);
  const code = newApprovalCode();
  const opened =
    mode === "code" && approver.mode === "code"
      ? await openFor(plan, code, approver)
      : { notBefore: clock.now(), expiresAt: clock.now() + approver.ttlMs, ...(await doneBefore(plan, policy)) };
  return {
    offer: {
      mode,
      notBefore: iso(opened.notBefore),
      expiresAt: iso(opened.expiresAt),
      ...(mode === "code" ? { code } : {}),
      needs: needsOf(policy),
      ...phraseOf(policy),
    },
    warnings:
      opened.doneAt === undefined
        ? []
        : [`The same action was done at ${iso(opened.doneAt)}; repeating needs forceResend.`],
  };
}

const openFor = (
  { record, identity, before, prepared, windowMs }: Plan<unknown>,
  code: string,
  { minAgeMs, ttlMs }: { readonly minAgeMs: number; readonly ttlMs: number },
) =>
  record.open({
    key: approvalKey(identity, code),
    approver: "code",
    minAgeMs,
    ttlMs,
    randomIds: newRandomIds(prepared.randomIdCount),
    windowMs,
    ...(before === undefined ? {} : { before }),
  });

async function doneBefore(
  { record, before, windowMs }: Plan<unknown>,
  policy: ActionsPolicy,
): Promise<{ readonly doneAt?: number }> {
  const { doneAt } = await record.standing(modeOf(policy), windowMs, before);
  return doneAt === undefined ? {} : { doneAt };
}

const phraseOf = (policy: ActionsPolicy): { readonly confirmationText?: string } =>
  policy.showPhrase && typeof policy.confirmationPhrase === "string" && needsOf(policy).includes("confirmationText")
    ? { confirmationText: policy.confirmationPhrase }
    : {};

const iso = (at: number): string => new Date(at).toISOString();
