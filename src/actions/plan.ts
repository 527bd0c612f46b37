import { definedOnly } from "../defined-only.js";
import { GuardError, isGuardError } from "../errors.js";
import type { StateStore } from "../stores/store.js";
import { digestOf } from "./digest.js";
import { modeOf } from "./gates.js";
import type { Operation, OperationContext, Prepared } from "./operation.js";
import { windowOf, type ActionsPolicy } from "./policy.js";
import { actionIdOf, ActionRecord, actionKey } from "./record.js";
import * as refusals from "./refusals.js";
import { blockReason, weaknesses } from "./safety.js";
import { sendingAccount } from "./sending-account.js";
import type { Proposal, ProposedTarget } from "./shapes.js";

/** An action with everything decided but the approval. */
export interface Plan<R> {
  readonly proposal: Proposal;
  readonly prepared: Prepared<R>;
  readonly record: ActionRecord;
  /** What the approvals of the action are made of. */
  readonly identity: string;
  /** A hash of what the preview shows and must still be so. */
  readonly before?: string;
  /** How long the same action is refused once it is done, in milliseconds; 0 where that was undone since. */
  readonly windowMs: number;
}

export interface PlanContext extends OperationContext {
  readonly account: string;
  readonly store: StateStore;
}

/** An action that passed every gate that needs no approval. */
export type Thought<R> = Omit<Plan<R>, "record" | "windowMs">;

/** Thinks an action through, past every gate that needs no approval: enabled, input and sizes, allowlist, own policies. */
export async function thinkThrough<I, R>(
  context: OperationContext,
  operation: Operation<I, R>,
  input: I,
  signal: AbortSignal,
): Promise<Thought<R>> {
  const { telegram, policy, allowlist } = context;
  assertEnabled(policy, operation.name);
  const prepared = await operation.prepare(context, input, signal);
  for (const target of prepared.targets) await allowlist.assertHolds(target, telegram.selfId);
  const { payload, before } = prepared;
  const identity = digestOf(payload);
  const account = await sendingAccount(telegram, signal);
  const proposal = { ...proposalOf(operation.name, identity, prepared, policy), account };
  deepFreeze(proposal);
  await runOwnPolicies(policy, proposal);
  return { prepared, proposal, identity, ...(before === undefined ? {} : { before: digestOf(before) }) };
}

/** What a person is shown and what is written down is not for a policy of the program to change. */
function deepFreeze(value: object): void {
  Object.freeze(value);
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFreeze(part as object);
}

/** The same, with its record. */
export async function planOf<I, R>(
  context: PlanContext,
  operation: Operation<I, R>,
  input: I,
  signal: AbortSignal,
): Promise<Plan<R>> {
  const thought = await thinkThrough(context, operation, input, signal);
  const record = new ActionRecord(context.store, actionKey(context.account, thought.identity));
  const windowMs = (await wasUndone(context, thought, record)) ? 0 : windowOf(context.policy);
  return { ...thought, record, windowMs };
}

/** A state that was asked for and changed back since, by a person or by time, may be asked for once more. */
async function wasUndone(
  { policy }: PlanContext,
  { prepared, before }: Thought<unknown>,
  record: ActionRecord,
): Promise<boolean> {
  if (prepared.holds === undefined) return false;
  const { doneAt } = await record.standing(modeOf(policy), windowOf(policy), before);
  return doneAt !== undefined && !(await prepared.holds());
}

/** @throws GuardError `write_denied` */
export function assertEnabled(policy: ActionsPolicy, operation: string): void {
  const reason = blockReason(policy);
  if (reason !== undefined) throw refusals.actionsOff(operation, reason);
}

function proposalOf(operation: string, identity: string, prepared: Prepared<unknown>, policy: ActionsPolicy): Proposal {
  const { payload, before, summary, targets, text, messages, links, files, audience, firstContact } = prepared;
  return {
    actionId: actionIdOf(identity),
    operation,
    digest: before === undefined ? identity : digestOf({ payload, before }),
    summary,
    targets: targets.map(withoutAddress),
    ...definedOnly({ text, messages, links, files, audience, firstContact }),
    warnings: [...prepared.warnings, ...weaknesses(policy)],
  };
}

async function runOwnPolicies({ policies }: ActionsPolicy, proposal: Proposal): Promise<void> {
  for (const policy of policies) {
    try {
      await policy(proposal);
    } catch (cause) {
      if (isGuardError(cause)) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new GuardError("policy_refused", `A policy of yours refused the action: ${why}`, {
        details: { actionId: proposal.actionId },
        nextStep: "Change the action so that the policy accepts it, or let a person change the policy.",
        cause,
      });
    }
  }
}

/** What a person needs to see of a peer; the access hash is none of it. */
const withoutAddress = (target: ProposedTarget): ProposedTarget => {
  const { id, kind, title, username, participantsCount, role, ownRole, deletes } = target;
  return { id, kind, title, ...definedOnly({ username, participantsCount, role, ownRole, deletes }) };
};
