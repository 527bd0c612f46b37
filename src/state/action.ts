import type { Transition } from "../stores/store.js";
import { rebase } from "./action-rebase.js";
import { givenBy } from "./action-request.js";
import { freshAction, keep, write, type ActionState, type Approval, type DonePhase } from "./action-state.js";

export type { ActionState } from "./action-state.js";

/** More than so many previews of one action are not kept open: the oldest approval goes. */
const OPEN_APPROVALS = 5;
export interface Opening {
  readonly key: string;
  readonly approver: string;
  readonly minAgeMs: number;
  readonly ttlMs: number;
  readonly randomIds: readonly string[];
  /** How long a done action is remembered. */
  readonly windowMs: number;
  /** What the preview showed and must still be so, in a hash. */
  readonly before?: string;
}

export interface Opened {
  readonly notBefore: number;
  readonly expiresAt: number;
  /** When the same action was done within the window. */
  readonly doneAt?: number;
}

/** A preview opens an approval. It says nothing of whether it will be given. */
export const openApproval =
  ({ key, approver, minAgeMs, ttlMs, randomIds, windowMs, before }: Opening): Transition<ActionState, Opened> =>
  (current, now) => {
    const state = rebase(current, now) ?? freshAction(now, randomIds);
    const seen = before === undefined ? {} : { before };
    const approval = { key, approver, notBefore: now + minAgeMs, expiresAt: now + ttlMs, ...seen };
    const approvals = [...state.approvals.filter((open) => open.expiresAt > now), approval].slice(-OPEN_APPROVALS);
    const doneAt = doneWithin(state, windowMs, now, before);
    const opened = { ...approval, ...(doneAt === undefined ? {} : { doneAt }) };
    return write({ ...state, at: now, approvals }, opened, windowMs);
  };

/** When it was done to what is there now, if that is within the window and did something. */
const doneWithin = ({ phase }: ActionState, windowMs: number, now: number, before: string | undefined) =>
  phase.kind === "done" && phase.unchanged === undefined && phase.before === before && now < phase.at + windowMs
    ? phase.at
    : undefined;

/** Where an action stands for somebody who asks a person. */
export interface Standing {
  /** The approval it was begun with, while nobody knows how that ended. */
  readonly begun?: Approval;
  /** A person's yes that is still to be used. */
  readonly given?: Approval;
  readonly doneAt?: number;
}

/** Looks, and changes nothing. */
export const standingOf =
  (approver: string, windowMs: number, before?: string): Transition<ActionState, Standing> =>
  (current, now) => {
    const state = rebase(current, now);
    if (state === undefined) return keep(state, {});
    const { phase } = state;
    if (phase.kind === "executing" || phase.kind === "unknown") {
      return keep(state, { begun: phase.approval }, windowMs);
    }
    const given = givenBy(approver, state, now, before);
    const doneAt = doneWithin(state, windowMs, now, before);
    const result = { ...(given === undefined ? {} : { given }), ...(doneAt === undefined ? {} : { doneAt }) };
    return keep(state, result, windowMs);
  };

export interface Claiming {
  readonly key: string;
  readonly leaseMs: number;
  readonly windowMs: number;
  readonly forceResend: boolean;
  /** What is there now of what the preview showed, in a hash. */
  readonly before?: string;
  /** A hash of the call that claims. */
  readonly inputKey?: string;
  /** Used when a new generation begins. */
  readonly randomIds: readonly string[];
  /** An approval given with the claim, by whoever need not bring one: opened and used in the same step. */
  readonly grant?: { readonly approver: string; readonly by?: string; readonly ttlMs: number };
}

export type Claimed =
  | {
      readonly kind: "claimed";
      readonly fence: number;
      readonly generation: number;
      readonly randomIds: readonly string[];
      /** What earlier runners of this generation have finished. */
      readonly marks?: Readonly<Record<string, string>>;
      /** Since when an earlier runner may have sent it; absent when nobody has. */
      readonly uncertainSinceMs?: number;
      /** What its approval is for, in a hash. What is resumed may have changed since. */
      readonly before?: string;
    }
  | { readonly kind: "repeated"; readonly at: number; readonly result: unknown; readonly unchanged?: string }
  | { readonly kind: "already_done"; readonly at: number }
  | { readonly kind: "busy"; readonly waitMs: number }
  | { readonly kind: "early"; readonly waitMs: number }
  | { readonly kind: "expired" }
  /** Approved, but for something that has changed since. */
  | { readonly kind: "changed" }
  | { readonly kind: "invalid" };

/**
 * Uses up the approval and takes the action, in one atomic step. An action that somebody began and nobody finished is
 * resumed: by the approval it was begun with, or by a new one. It is never begun a second time beside that.
 */
export const claimAction =
  (claim: Claiming): Transition<ActionState, Claimed> =>
  (current, now) => {
    const state = rebase(current, now) ?? (claim.grant && freshAction(now, claim.randomIds));
    if (state === undefined) return { next: current, result: { kind: "invalid" } };
    const { phase } = state;
    const refused = (result: Claimed) => write(state, result, claim.windowMs);
    const approval = state.approvals.find(({ key }) => key === claim.key) ?? granted(claim, now);
    const consumed = phase.kind === "executing" || phase.kind === "unknown" ? phase.approval : undefined;

    if (phase.kind === "done" && phase.approvalKey === claim.key) {
      const { at, result, unchanged } = phase;
      return refused({ kind: "repeated", at, result, ...(unchanged === undefined ? {} : { unchanged }) });
    }
    const refusal = consumed?.key === claim.key ? undefined : refuse(approval, claim, now);
    // Written down with its time: a clock set back later must not make it valid again.
    if (refusal?.kind === "expired") return write(seenAt(state, now), refusal, claim.windowMs);
    if (refusal !== undefined) return refused(refusal);
    if (phase.kind === "executing" && phase.until > now) {
      return refused({ kind: "busy", waitMs: phase.until - now });
    }
    const done = doneWithin(state, claim.windowMs, now, claim.before);
    if (done !== undefined && !claim.forceResend) return refused({ kind: "already_done", at: done });
    return begin(state, approval ?? consumed, claim, now);
  };

function granted({ key, grant, before }: Claiming, now: number): Approval | undefined {
  if (grant === undefined) return undefined;
  const { ttlMs, ...by } = grant;
  return { key, ...by, notBefore: now, expiresAt: now + ttlMs, ...(before === undefined ? {} : { before }) };
}

function refuse(approval: Approval | undefined, { before }: Claiming, now: number): Claimed | undefined {
  if (approval === undefined) return { kind: "invalid" };
  if (approval.before !== before) return { kind: "changed" };
  if (approval.expiresAt <= now) return { kind: "expired" };
  return approval.notBefore > now ? { kind: "early", waitMs: approval.notBefore - now } : undefined;
}

function begin(state: ActionState, approval: Approval | undefined, claim: Claiming, now: number) {
  if (approval === undefined) return { next: state, result: { kind: "invalid" } as const };
  const { phase } = state;
  const resumed = phase.kind === "executing" || phase.kind === "unknown";
  const again = phase.kind === "done";
  const former = again ? { former: phase } : {};
  const fence = state.fence + 1;
  const generation = state.generation + (again ? 1 : 0);
  const randomIds = again ? claim.randomIds : state.randomIds;
  const since = resumed ? phase.since : now;
  const marks = again || state.marks === undefined ? {} : { marks: state.marks };
  const next: ActionState = {
    v: 1,
    ...marks,
    at: now,
    fence,
    randomIds,
    generation,
    approvals: [],
    ...(claim.inputKey === undefined ? {} : { inputKey: claim.inputKey }),
    phase: { kind: "executing", fence, approval, since, until: now + claim.leaseMs, uncertain: resumed, ...former },
  };
  const uncertain = resumed ? { uncertainSinceMs: now - since } : {};
  const seen = approval.before === undefined ? {} : { before: approval.before };
  return { next, result: { kind: "claimed", fence, generation, randomIds, ...marks, ...uncertain, ...seen } as const };
}

/** How a run ended. */
export type Ending =
  | { readonly kind: "done"; readonly result: unknown; readonly windowMs: number; readonly unchanged?: string }
  /**
   * Nothing was applied by this run: the approval is valid again, and what was done before is so still, unless an earlier
   * run may have sent it.
   */
  | { readonly kind: "released" }
  | { readonly kind: "unknown" };

/** Settles the run that holds this fence; one that was overtaken settles nothing. True when it was ours. */
export const settleAction =
  (fence: number, ending: Ending): Transition<ActionState, boolean> =>
  (current, now) => {
    const state = rebase(current, now);
    if (state?.phase.kind !== "executing" || state.phase.fence !== fence) return { next: current, result: false };
    const { approval, since, uncertain, former } = state.phase;
    switch (ending.kind) {
      case "done": {
        const { key: approvalKey, approver, by, before } = approval;
        const { result, unchanged, windowMs } = ending;
        const phase: DonePhase = {
          kind: "done",
          at: now,
          approvalKey,
          approver,
          ...(by === undefined ? {} : { by }),
          ...(before === undefined ? {} : { before }),
          result,
          ...(unchanged === undefined ? {} : { unchanged }),
          windowMs,
        };
        return write({ ...state, at: now, phase }, true, windowMs);
      }
      case "released": {
        if (uncertain) return write({ ...state, at: now, phase: { kind: "unknown", fence, approval, since } }, true);
        const approvals = givenBack(approval, state.approvals);
        return write({ ...state, at: now, approvals, phase: former ?? { kind: "idle" } }, true);
      }
      case "unknown":
        return write({ ...state, at: now, phase: { kind: "unknown", fence, approval, since } }, true);
    }
  };

/** What was given back is the one that is surely wanted; previews opened meanwhile make room for it. */
const givenBack = (approval: Approval, open: readonly Approval[]): readonly Approval[] => [
  approval,
  ...open.slice(-(OPEN_APPROVALS - 1)),
];

/** Keeps the lease while the run goes on. False when another has taken over. */
export const renewLease =
  (fence: number, leaseMs: number): Transition<ActionState, boolean> =>
  (current, now) => {
    const state = rebase(current, now);
    if (state?.phase.kind !== "executing" || state.phase.fence !== fence) return { next: current, result: false };
    return { next: { ...state, at: now, phase: { ...state.phase, until: now + leaseMs } }, result: true };
  };

const seenAt = (state: ActionState, now: number): ActionState => (state.at === now ? state : { ...state, at: now });
