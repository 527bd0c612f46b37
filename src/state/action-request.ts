import type { Transition } from "../stores/store.js";
import { rebase } from "./action-rebase.js";
import { freshAction, keep, write, type ActionState, type Approval, type ApprovalRequest } from "./action-state.js";

export interface Asking {
  /** Of the approval that a yes opens, if nobody was asked before. */
  readonly key: string;
  readonly operation: string;
  readonly sealed: string;
  readonly ttlMs: number;
  readonly randomIds: readonly string[];
  readonly windowMs: number;
  /** What the preview showed and must still be so, in a hash. What was asked about something else counts no more. */
  readonly before?: string;
}

export type Asked =
  | {
      readonly kind: "waiting";
      /** Of the question that is open. */
      readonly key: string;
      readonly expiresAt: number;
      readonly leftMs: number;
      readonly hostAsked: boolean;
    }
  | { readonly kind: "approved"; readonly approval: Approval }
  | { readonly kind: "rejected" };

/** Asks the operator, or looks what the operator said. One question is open for each action. */
export const askOperator =
  ({ key, operation, sealed, ttlMs, randomIds, windowMs, before }: Asking): Transition<ActionState, Asked> =>
  (current, now) => {
    const state = rebase(current, now) ?? freshAction(now, randomIds);
    const approval = givenBy("operator", state, now, before);
    if (approval !== undefined) return keep(state, { kind: "approved", approval }, windowMs);
    const { request } = state;
    if (request !== undefined && request.before === before && request.expiresAt > now) {
      if (request.decision?.verdict === "rejected") return keep(state, { kind: "rejected" }, windowMs);
      if (request.decision === undefined) return keep(state, waiting(request, now), windowMs);
    }
    const seen = before === undefined ? {} : { before };
    const asked = { key, operation, sealed, askedAt: now, expiresAt: now + ttlMs, ...seen };
    return write({ ...state, at: now, request: asked }, waiting(asked, now), windowMs);
  };

const waiting = ({ key, expiresAt, hostAsked }: ApprovalRequest, now: number): Asked => ({
  kind: "waiting",
  key,
  expiresAt,
  leftMs: expiresAt - now,
  hostAsked: hostAsked === true,
});

/** The person in front of the program need not be asked this question again. */
export const noteHostAsked =
  (key: string): Transition<ActionState, boolean> =>
  (current, now) => {
    const state = rebase(current, now);
    const request = state?.request;
    if (state === undefined || request?.key !== key || request.decision !== undefined || request.hostAsked === true) {
      return keep(state, false);
    }
    return write({ ...state, at: now, request: { ...request, hostAsked: true } }, true);
  };

export interface Decision {
  /** Of the request that was read: what was asked since is another question. */
  readonly key: string;
  readonly verdict: "approved" | "rejected";
  readonly by: string;
  readonly signature?: string;
}

/** The operator decides, and the text is erased. False when there is no such open question. */
export const decideRequest =
  ({ key, verdict, by, signature }: Decision): Transition<ActionState, boolean> =>
  (current, now) => {
    const state = rebase(current, now);
    const request = state?.request;
    if (state === undefined || request?.key !== key || request.decision !== undefined || request.expiresAt <= now) {
      return keep(state, false);
    }
    const approval: Approval = {
      key,
      approver: "operator",
      notBefore: now,
      expiresAt: request.expiresAt,
      by,
      ...(request.before === undefined ? {} : { before: request.before }),
      ...(signature === undefined ? {} : { signature }),
    };
    const approvals = verdict === "approved" ? [...state.approvals, approval] : state.approvals;
    const decided = { ...erased(request), decision: { verdict, by, at: now } };
    return write({ ...state, at: now, approvals, request: decided }, true);
  };

/** The text of a question that nobody answered in time is erased too. */
export const eraseExpired: Transition<ActionState, boolean> = (current, now) => {
  const state = rebase(current, now);
  if (state?.request?.sealed === undefined || state.request.expiresAt > now) return keep(state, false);
  return write({ ...state, at: now, request: erased(state.request) }, true);
};

/** Without the text. */
const erased = ({ key, operation, askedAt, expiresAt, before }: ApprovalRequest): ApprovalRequest => ({
  key,
  operation,
  askedAt,
  expiresAt,
  ...(before === undefined ? {} : { before }),
});

/** A person's yes that nobody has used, or that was given back because nothing was applied. */
export const givenBy = (
  approver: string,
  { approvals }: ActionState,
  now: number,
  before: string | undefined,
): Approval | undefined =>
  approvals.find(
    (approval) =>
      approval.approver === approver &&
      approval.before === before &&
      approval.notBefore <= now &&
      approval.expiresAt > now,
  );
