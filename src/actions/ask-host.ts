import type { AuditTrail } from "../audit/trail.js";
import { abortReason, sleep, type Clock } from "../clock.js";
import { noteHostAsked, type Asked } from "../state/action-request.js";
import type { AskHost } from "./approvers.js";
import type { ActionRecord } from "./record.js";
import * as refusals from "./refusals.js";
import type { Proposal } from "./shapes.js";

/** By whom an approval is that the person in front of the program gave. The operator did not sign it. */
export const HOST = "host";

type Waiting = Extract<Asked, { readonly kind: "waiting" }>;

export interface HostQuestion {
  readonly clock: Clock;
  readonly trail: Pick<AuditTrail, "append">;
  readonly ask: AskHost;
  readonly record: ActionRecord;
  readonly proposal: Proposal;
  /** The question as it is open for the operator. */
  readonly open: Waiting;
  /** Looks whether the operator has decided. */
  readonly look: () => Promise<Asked>;
}

/** How often one looks whether the operator has decided. */
export const LOOK_AGAIN_MS = 500;

/**
 * Asks the person in front of the program, for as long as the question is open. True for a yes; else it is the operator's
 * to decide, who may have done so meanwhile.
 *
 * @throws GuardError `approval_expired` for a yes that came too late
 */
export async function askHost(question: HostQuestion, signal: AbortSignal): Promise<boolean> {
  const { clock, record, proposal, open, ask } = question;
  const closesAt = clock.now() + open.leftMs;
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  try {
    // The function may be written without types: a text such as "no" is not a yes.
    const asking: Promise<unknown> = Promise.resolve(ask({ ...proposal, approveWithinMs: open.leftMs }, either));
    const answer = await Promise.race([asking, whenDecided(question, closesAt, either)]);
    // An answer to a call that was given up is none.
    if (signal.aborted) throw abortReason(signal);
    const isOpen = await record.store.update(record.key, noteHostAsked(open.key), { durable: true });
    // What the operator has decided meanwhile counts, though this answer came before anybody saw it.
    if (!isOpen && answer === true && (await question.look()).kind !== "waiting") return false;
    if (answer === true && clock.now() >= closesAt) throw refusals.approvalExpired(proposal.actionId);
    if (typeof answer === "boolean") await noteDown(question, answer ? "approved" : "rejected");
    return answer === true;
  } finally {
    enough.abort();
  }
}

/** Until the operator has decided, or it is too late to decide. */
async function whenDecided({ clock, look }: HostQuestion, closesAt: number, signal: AbortSignal): Promise<undefined> {
  for (;;) {
    const leftMs = closesAt - clock.now();
    if (leftMs <= 0) return undefined;
    await sleep(clock, Math.min(leftMs, LOOK_AGAIN_MS), signal);
    if (clock.now() < closesAt && (await look()).kind !== "waiting") return undefined;
  }
}

const noteDown = ({ trail, proposal }: HostQuestion, event: "approved" | "rejected"): Promise<unknown> => {
  const { actionId, operation, digest, targets } = proposal;
  const where = targets.map(({ id, kind }) => ({ id, kind }));
  return trail.append({ event, actionId, operation, digest, targets: where, approver: HOST });
};
