import { definedOnly } from "../../defined-only.js";
import { asUncertain, GuardError, isGuardError } from "../../errors.js";
import type { BatchStatus } from "../../state/batch-status.js";
import { isOver } from "../../state/batch-status.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { oneLine } from "../describe-proposal.js";
import { modeOf } from "../gates.js";
import type { Operation, Prepared } from "../operation.js";
import type { ProposedTarget } from "../shapes.js";
import type { BatchContext } from "./batch-context.js";
import type { BatchItem } from "./batch-shapes.js";
import type { BatchRead } from "./batch-store.js";
import { deletionsOf, NOTHING_DELETED } from "./deletions.js";
import {
  describeBlocked,
  describeCost,
  describeLease,
  describeLost,
  describeWork,
  type Remaining,
} from "./describe-batch.js";
import type { BatchKind } from "./kinds.js";
import { batchUnknown, halted } from "./refusals.js";

/** A batch that a person said yes to. */
export interface ApprovedBatch {
  readonly batchId: string;
  /** ISO time until which it may be run. */
  readonly approvedUntil: string;
}

/**
 * Approving a batch is an action of its own, for which every gate and approver is there. It sends nothing to Telegram.
 * What is approved is exactly this batch, this one time: after the approval has lapsed the next one is another action.
 */
export const batchApproval = (context: BatchContext, kind: BatchKind): Operation<string, ApprovedBatch> => {
  const name = `${kind.name}Batch`;
  return {
    name,
    async prepare({ telegram }, batchId, signal): Promise<Prepared<ApprovedBatch>> {
      const batch = await readOpen(context, batchId);
      const { digest } = batch.summary;
      const items = batch.items.filter(({ status }) => status === "pending");
      const peers = await peersOf(telegram, items, signal);
      const payloads = items.flatMap(({ n }) => batch.payloads[n] ?? []);
      const deletions =
        kind.name === "deleteMessages" ? await deletionsOf(context, batchId, payloads, peers, signal) : NOTHING_DELETED;
      const remaining = { kind: kind.name, items, peers, deletes: deletions.byChat };
      return {
        payload: { operation: name, batchId, digest, approval: batch.approvalNumber },
        targets: targetsOf(remaining),
        summary: await summaryOf(context, kind, remaining),
        warnings: [...warningsOf(batch, remaining), ...deletions.warnings],
        ...(kind.quota === undefined ? {} : { cost: { quota: kind.quota, units: items.length } }),
        randomIdCount: 0,
        async perform({ resumed }) {
          const standing = resumed ? await approvedAs(context, batchId, batch.approvalNumber) : undefined;
          return standing ?? approve(context, batch);
        },
        find: () => approvedAs(context, batchId, batch.approvalNumber),
      };
    },
  };
};

async function readOpen({ batches }: BatchContext, batchId: string): Promise<BatchRead> {
  const batch = await batches.read(batchId);
  if (batch === undefined) throw batchUnknown(batchId);
  const status: BatchStatus = batch.summary.status;
  if (isOver(status)) throw halted(batchId, { kind: "over", end: status });
  return batch;
}

/** Those who are found; whoever is not will be refused when his turn comes. */
async function peersOf(
  telegram: Telegram,
  items: readonly BatchItem[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Peer>> {
  const ids = new Set(items.flatMap(({ target: { chat, user } }) => [chat, user].filter((id) => id !== undefined)));
  const found = new Map<number, Peer>();
  for (const id of ids) {
    signal.throwIfAborted();
    const peer = await telegram.peers.remembered(id);
    if (peer !== undefined) found.set(id, peer);
  }
  return found;
}

/** Every chat of it that is known, with what a person should know of it. */
function targetsOf({ kind, items, peers, deletes }: Remaining): readonly ProposedTarget[] {
  const chats = new Set(items.flatMap(({ target: { chat } }) => chat ?? []));
  return [...chats].flatMap((id): readonly ProposedTarget[] => {
    const peer = peers.get(id);
    if (peer === undefined) return [];
    const { ownRole, ...chat } = peer;
    switch (kind) {
      case "addMember":
        return [chat];
      case "leaveDialog":
        return [{ ...chat, role: "from", ...definedOnly({ ownRole }) }];
      case "deleteMessages":
        return [{ ...chat, role: "from", ...definedOnly({ deletes: deletes.get(id) }) }];
    }
  });
}

async function summaryOf(
  { policy, quotaLeft, quotaLimits }: BatchContext,
  { quota }: BatchKind,
  remaining: Remaining,
): Promise<string> {
  const cost = quota && {
    quota,
    units: remaining.items.length,
    left: await quotaLeft(quota),
    limit: quotaLimits[quota],
  };
  return [
    describeWork(remaining),
    ...(cost === undefined ? [] : [describeCost(cost)]),
    describeLease(policy.batchApprovalLeaseMs),
  ].join(" ");
}

function warningsOf({ summary, items }: BatchRead, { items: pending, peers }: Remaining): readonly string[] {
  const { counts, itemCount, note } = summary;
  const left = new Set(pending);
  const blocked = items.filter((item) => !left.has(item) && !isDone(item));
  const done = counts.success + counts.already_member;
  return [
    ...(note === undefined ? [] : [`Note of whoever created it: ${oneLine(note)}`]),
    ...(done > 0 ? [`${done} of its ${itemCount} items are done already.`] : []),
    ...describeLost(pending, peers),
    ...describeBlocked(blocked),
  ];
}

const isDone = ({ status }: BatchItem): boolean => status === "success" || status === "already_member";

async function approve(context: BatchContext, { summary, approvalNumber }: BatchRead): Promise<ApprovedBatch> {
  const { batches, policy, audit } = context;
  const { batchId, digest, operation } = summary;
  const approver = modeOf(policy);
  await audit({ event: "batch_approved", batchId, operation, digest, approver });
  const leaseMs = policy.batchApprovalLeaseMs;
  const approved = await batches.approve(batchId, { approver, leaseMs, digest, number: approvalNumber });
  if (approved.kind === "changed") throw changed(batchId);
  if (approved.kind !== "approved") throw halted(batchId, approved);
  // It is approved: what goes wrong from here on takes nothing back.
  const standing = await approvedAs(context, batchId, approvalNumber).catch((error: unknown) => {
    throw asUncertain(error);
  });
  if (standing === undefined) throw changed(batchId);
  return standing;
}

async function approvedAs(
  { batches }: BatchContext,
  batchId: string,
  number: number,
): Promise<ApprovedBatch | undefined> {
  const batch = await batches.read(batchId).catch((error: unknown) => {
    if (isGuardError(error, "state_lost")) return undefined;
    throw error;
  });
  const approval = batch?.summary.approval;
  if (approval === undefined || batch?.approvalNumber !== number) return undefined;
  return { batchId, approvedUntil: approval.until };
}

const changed = (batchId: string): GuardError<"batch_not_approved"> =>
  new GuardError("batch_not_approved", `Batch ${batchId} is not as it was shown; it was not approved.`, {
    details: { batchId },
    nextStep: "Preview it again, and let the person decide about that.",
  });
