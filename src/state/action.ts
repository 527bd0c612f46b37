import type { Step, Transition } from "../stores/store.js";
import { rebase } from "./action-rebase.js";

/** A permission that waits for its use. `key` is a hash: the code itself is never stored. */
export interface Approval {
  readonly key: string;
  readonly approver: string;
  readonly notBefore: number;
  readonly expiresAt: number;
}

/** Who carries the action out: the fence rises with every claim, so an overtaken runner can change nothing. */
interface Run {
  readonly fence: number;
  readonly approval: Approval;
  /** When this generation was first sent, on the store's clock. */
  readonly since: number;
}

export type ActionPhase =
  | { readonly kind: "idle" }
  | (Run & {
      readonly kind: "executing";
      readonly until: number;
      /** True when an earlier runner may have sent it already. */
      readonly uncertain: boolean;
    })
  | (Run & { readonly kind: "unknown" })
  | { readonly kind: "done"; readonly at: number; readonly approvalKey: string; readonly result: unknown };

/** One action, from its first preview on, in one record. */
export interface ActionState {
  readonly v: 1;
  /** The store's clock when this was written. */
  readonly at: number;
  readonly generation: number;
  readonly fence: number;
  /** Telegram recognises a repeated send by these; one set for each generation. */
  readonly randomIds: readonly string[];
  readonly approvals: readonly Approval[];
  readonly phase: ActionPhase;
}

/** More than so many previews of one action are not kept open: the oldest approval goes. */
const OPEN_APPROVALS = 5;
/** For so long after its end an approval is remembered: a late caller hears that it expired, not that it never was. */
const REMEMBER_EXPIRED_MS = 86_400_000;
/** What was done is remembered beyond any day's end: a new generation must not look like the one that has paid already. */
const REMEMBER_DONE_MS = 172_800_000;

export interface Opening {
  readonly key: string;
  readonly approver: string;
  readonly minAgeMs: number;
  readonly ttlMs: number;
  readonly randomIds: readonly string[];
  /** How long a done action is remembered. */
  readonly windowMs: number;
}

export interface Opened {
  readonly notBefore: number;
  readonly expiresAt: number;
  /** When the same action was done within the window. */
  readonly doneAt?: number;
}

/** A preview opens an approval. It says nothing of whether it will be given. */
export const openApproval =
  ({ key, approver, minAgeMs, ttlMs, randomIds, windowMs }: Opening): Transition<ActionState, Opened> =>
  (current, now) => {
    const state = rebase(current, now) ?? fresh(now, randomIds);
    const approval = { key, approver, notBefore: now + minAgeMs, expiresAt: now + ttlMs };
    const approvals = [...state.approvals.filter((open) => open.expiresAt > now), approval].slice(-OPEN_APPROVALS);
    const { phase } = state;
    return write(
      { ...state, at: now, approvals },
      { ...approval, ...(phase.kind === "done" && now < phase.at + windowMs ? { doneAt: phase.at } : {}) },
      windowMs,
    );
  };

export interface Claiming {
  readonly key: string;
  readonly leaseMs: number;
  readonly windowMs: number;
  readonly forceResend: boolean;
  /** Used when a new generation begins. */
  readonly randomIds: readonly string[];
}

export type Claimed =
  | {
      readonly kind: "claimed";
      readonly fence: number;
      readonly generation: number;
      readonly randomIds: readonly string[];
      /** Since when an earlier runner may have sent it; absent when nobody has. */
      readonly uncertainSinceMs?: number;
    }
  | { readonly kind: "repeated"; readonly at: number; readonly result: unknown }
  | { readonly kind: "already_done"; readonly at: number }
  | { readonly kind: "busy"; readonly waitMs: number }
  | { readonly kind: "early"; readonly waitMs: number }
  | { readonly kind: "expired" }
  | { readonly kind: "invalid" };

/**
 * Uses up the approval and takes the action, in one atomic step. An action that somebody began and nobody finished is
 * resumed: by the approval it was begun with, or by a new one. It is never begun a second time beside that.
 */
export const claimAction =
  (claim: Claiming): Transition<ActionState, Claimed> =>
  (current, now) => {
    const state = rebase(current, now);
    if (state === undefined) return { next: current, result: { kind: "invalid" } };
    const { phase } = state;
    const refused = (result: Claimed) => write(state, result, claim.windowMs);
    const approval = state.approvals.find(({ key }) => key === claim.key);
    const consumed = phase.kind === "executing" || phase.kind === "unknown" ? phase.approval : undefined;

    if (phase.kind === "done" && phase.approvalKey === claim.key) {
      return refused({ kind: "repeated", at: phase.at, result: phase.result });
    }
    const refusal = consumed?.key === claim.key ? undefined : refuse(approval, now);
    // Written down with its time: a clock set back later must not make it valid again.
    if (refusal?.kind === "expired") return write(seenAt(state, now), refusal, claim.windowMs);
    if (refusal !== undefined) return refused(refusal);
    if (phase.kind === "executing" && phase.until > now) {
      return refused({ kind: "busy", waitMs: phase.until - now });
    }
    if (phase.kind === "done" && now < phase.at + claim.windowMs && !claim.forceResend) {
      return refused({ kind: "already_done", at: phase.at });
    }
    return begin(state, approval ?? consumed, claim, now);
  };

function refuse(approval: Approval | undefined, now: number): Claimed | undefined {
  if (approval === undefined) return { kind: "invalid" };
  if (approval.expiresAt <= now) return { kind: "expired" };
  return approval.notBefore > now ? { kind: "early", waitMs: approval.notBefore - now } : undefined;
}

function begin(state: ActionState, approval: Approval | undefined, claim: Claiming, now: number) {
  if (approval === undefined) return { next: state, result: { kind: "invalid" } as const };
  const { phase } = state;
  const resumed = phase.kind === "executing" || phase.kind === "unknown";
  const again = phase.kind === "done";
  const fence = state.fence + 1;
  const generation = state.generation + (again ? 1 : 0);
  const randomIds = again ? claim.randomIds : state.randomIds;
  const since = resumed ? phase.since : now;
  const next: ActionState = {
    ...state,
    at: now,
    fence,
    randomIds,
    generation,
    approvals: [],
    phase: { kind: "executing", fence, approval, since, until: now + claim.leaseMs, uncertain: resumed },
  };
  const uncertain = resumed ? { uncertainSinceMs: now - since } : {};
  return { next, result: { kind: "claimed", fence, generation, randomIds, ...uncertain } as const };
}

/** How a run ended. */
export type Ending =
  | { readonly kind: "done"; readonly result: unknown; readonly windowMs: number }
  /** Nothing was applied by this run: the approval is valid again, unless an earlier run may have sent it. */
  | { readonly kind: "released" }
  | { readonly kind: "unknown" };

/** Settles the run that holds this fence; one that was overtaken settles nothing. True when it was ours. */
export const settleAction =
  (fence: number, ending: Ending): Transition<ActionState, boolean> =>
  (current, now) => {
    const state = rebase(current, now);
    if (state?.phase.kind !== "executing" || state.phase.fence !== fence) return { next: current, result: false };
    const { approval, since, uncertain } = state.phase;
    switch (ending.kind) {
      case "done": {
        const phase = { kind: "done", at: now, approvalKey: approval.key, result: ending.result } as const;
        return write({ ...state, at: now, phase }, true, ending.windowMs);
      }
      case "released":
        if (uncertain) return write({ ...state, at: now, phase: { kind: "unknown", fence, approval, since } }, true);
        return write(
          { ...state, at: now, approvals: givenBack(approval, state.approvals), phase: { kind: "idle" } },
          true,
        );
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

const fresh = (now: number, randomIds: readonly string[]): ActionState => ({
  v: 1,
  at: now,
  generation: 1,
  fence: 0,
  randomIds,
  approvals: [],
  phase: { kind: "idle" },
});

/** A step to this state, kept for as long as it says something. One that was not changed is not written. */
const write = <R>(next: ActionState, result: R, windowMs = 0): Step<ActionState, R> => ({
  next,
  result,
  expiresAt: forgettableAt(next, windowMs),
});

/** What somebody began is never forgotten before it is settled. */
function forgettableAt({ phase, approvals }: ActionState, windowMs: number): number {
  if (phase.kind === "executing" || phase.kind === "unknown") return Infinity;
  const ends = approvals.map(({ expiresAt }) => expiresAt + REMEMBER_EXPIRED_MS);
  return Math.max(phase.kind === "done" ? phase.at + Math.max(windowMs, REMEMBER_DONE_MS) : 0, ...ends);
}

const seenAt = (state: ActionState, now: number): ActionState => (state.at === now ? state : { ...state, at: now });
