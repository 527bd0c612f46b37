import { randomUUID } from "node:crypto";
import type { AuditTrail } from "../audit/trail.js";
import { sleep, type Clock } from "../clock.js";
import type { Quota } from "../errors.js";
import type { Events } from "../events.js";
import type { Claiming } from "../state/action.js";
import type { Asked } from "../state/action-request.js";
import { askHost, HOST, LOOK_AGAIN_MS } from "./ask-host.js";
import { approvalKey } from "./digest.js";
import type { GateContext } from "./gates.js";
import { judge, modeOf } from "./gates.js";
import type { Journal } from "./journal.js";
import { isSignedBy, sealFor } from "./operator-key.js";
import type { Plan } from "./plan.js";
import type { ActionsPolicy } from "./policy.js";
import { newRandomIds } from "./random-ids.js";
import type { AskHost, HumanApprover, OperatorApprover } from "./approvers.js";
import * as refusals from "./refusals.js";
import { proposalText } from "./sealed-proposal.js";
import type { AwaitingApproval, Gate, Proposal } from "./shapes.js";

/** What a claim needs to know of its approval. */
export type Permission = Pick<Claiming, "key" | "grant">;

export interface ApprovalContext extends GateContext {
  readonly clock: Clock;
  readonly events: Events;
  readonly journal: Journal;
  readonly trail: Pick<AuditTrail, "append">;
  /** How much of a quota is left today. */
  readonly quotaLeft: (quota: Quota) => Promise<number>;
}

/** The approval to use: the code's, one that a person gave before, or one that a person gives now. */
export async function approvalFor(
  context: ApprovalContext,
  plan: Plan<unknown>,
  gate: Gate,
  signal: AbortSignal,
): Promise<Permission | AwaitingApproval> {
  const { policy } = context;
  const { approver } = policy;
  const { identity, before, windowMs } = plan;
  const { actionId } = plan.proposal;
  const mode = modeOf(policy);
  if (mode === "code") {
    const { approvalCode = "" } = gate;
    if (approvalCode.trim() === "") throw refusals.approvalInvalid(actionId);
    await judge(context, actionId, "right");
    return { key: approvalKey(identity, approvalCode) };
  }
  const standing = await plan.record.standing(mode, windowMs, before);
  // What was approved and nobody finished is finished without asking again.
  if (standing.begun !== undefined) {
    const { begun } = standing;
    const operatorKey = approver.mode === "operator" ? approver.key : undefined;
    const isHosts = begun.approver === HOST && askOf(policy) !== undefined;
    if (!isHosts && !isSignedBy(operatorKey, plan.record.key, begun)) throw refusals.approvalForged(actionId);
    return { key: begun.key };
  }
  if (standing.doneAt !== undefined && gate.forceResend !== true) throw refusals.alreadyDone(actionId, standing.doneAt);
  const asked = standing.doneAt === undefined ? plan : asRepetition(plan, standing.doneAt);
  switch (approver.mode) {
    case "code":
      return grant(identity, { approver: mode, ttlMs: approver.ttlMs });
    case "operator":
      return askOperator(context, approver, asked, signal);
    case "callback":
    case "terminal":
      return standing.given === undefined ? askNow(context, approver, asked, signal) : { key: standing.given.key };
  }
}

/** Whoever decides must know that it was done before. */
const asRepetition = (plan: Plan<unknown>, doneAt: number): Plan<unknown> => ({
  ...plan,
  proposal: {
    ...plan.proposal,
    warnings: [
      `It was done already at ${new Date(doneAt).toISOString()}; this does it again.`,
      ...plan.proposal.warnings,
    ],
  },
});

/** What a person is shown: the action, and what it takes of what is left today. */
async function withCost(
  { quotaLeft }: ApprovalContext,
  { proposal, prepared: { cost } }: Plan<unknown>,
): Promise<Proposal> {
  return cost === undefined ? proposal : { ...proposal, cost: { ...cost, left: await quotaLeft(cost.quota) } };
}

async function askNow(
  context: ApprovalContext,
  approver: HumanApprover,
  plan: Plan<unknown>,
  signal: AbortSignal,
): Promise<Permission> {
  const { clock, journal } = context;
  const { proposal, identity } = plan;
  const shown = { ...(await withCost(context, plan)), approveWithinMs: approver.ttlMs };
  const askedAt = clock.now();
  // The function may be written without types: a promise in an object, or a text such as "no", is not a yes.
  const answer: unknown = await approver.ask(shown, signal);
  const isApproved = answer === true;
  if (isApproved && clock.now() - askedAt >= approver.ttlMs) throw refusals.approvalExpired(proposal.actionId);
  await journal.decided(isApproved ? "approved" : "rejected", proposal, approver.mode);
  if (!isApproved) throw refusals.approvalRejected(proposal.actionId);
  return grant(identity, { approver: approver.mode, ttlMs: approver.ttlMs });
}

const grant = (identity: string, given: NonNullable<Claiming["grant"]>): Permission => ({
  key: approvalKey(identity, randomUUID()),
  grant: given,
});

/** How the person in front of this program is asked, where that is wanted and somebody knows it. */
function askOf({ approver, ask }: ActionsPolicy): AskHost | undefined {
  if (approver.mode !== "operator") return undefined;
  return approver.ask === "host" ? ask : approver.ask;
}

async function askOperator(
  context: ApprovalContext,
  { waitMs, ttlMs, key: operatorKey }: OperatorApprover,
  plan: Plan<unknown>,
  signal: AbortSignal,
): Promise<Permission | AwaitingApproval> {
  const { clock, events, trail } = context;
  const { prepared, record, identity, before, windowMs } = plan;
  const proposal = await withCost(context, plan);
  const { actionId, operation } = proposal;
  const ask = askOf(context.policy);
  // Nothing was applied by what the person agreed to: the yes is still there.
  const kept = ask && (await record.standing(HOST, windowMs, before)).given;
  if (kept !== undefined) return { key: kept.key };
  const asking = {
    key: approvalKey(identity, randomUUID()),
    operation,
    sealed: sealFor(operatorKey, proposalText(proposal)),
    ttlMs,
    randomIds: newRandomIds(prepared.randomIdCount),
    windowMs,
    ...(before === undefined ? {} : { before }),
  };
  const look = (): Promise<Asked> => record.ask(asking);
  const open = await look();
  if (ask !== undefined && open.kind === "waiting" && !open.hostAsked) {
    const isApproved = await askHost({ clock, trail, ask, record, proposal, open, look }, signal);
    if (isApproved) return grant(identity, { approver: HOST, by: HOST, ttlMs });
  }
  let announced = false;
  for (const giveUpAt = clock.now() + waitMs; ;) {
    const asked = await look();
    if (asked.kind === "rejected") throw refusals.approvalRejected(actionId);
    if (asked.kind === "approved") {
      const { approval } = asked;
      if (!isSignedBy(operatorKey, record.key, approval)) throw refusals.approvalForged(actionId);
      return { key: approval.key };
    }
    const leftMs = giveUpAt - clock.now();
    if (leftMs <= 0) return awaiting(actionId, asked.expiresAt);
    if (!announced) events.emit("wait", { method: "action", reason: "action", waitMs: leftMs, text: WAITING });
    announced = true;
    await sleep(clock, Math.min(leftMs, LOOK_AGAIN_MS), signal);
  }
}

const WAITING = "Waiting for the operator's decision";

const awaiting = (actionId: string, expiresAt: number): AwaitingApproval => ({
  status: "awaiting_approval",
  actionId,
  expiresAt: new Date(expiresAt).toISOString(),
  nextStep: `Ask the operator to decide: tg-guarded approvals show ${actionId}. Then make the same call again, or call actions.resume.`,
});
