import type { Step } from "../stores/store.js";

/** A permission that waits for its use. `key` is a hash: the code itself is never stored. */
export interface Approval {
  readonly key: string;
  readonly approver: string;
  readonly notBefore: number;
  readonly expiresAt: number;
  /** Who gave it, where a person did. */
  readonly by?: string;
  /** The operator's, over what the approval is for. */
  readonly signature?: string;
  /** What the preview showed and must still be so, in a hash; absent where nothing of it can change. */
  readonly before?: string;
}

/** What an operator is asked. It goes when the approval is used. */
export interface ApprovalRequest {
  /** Of the approval that a yes opens. */
  readonly key: string;
  readonly operation: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  /** As in the approval. */
  readonly before?: string;
  /** The preview's text, until it is decided. */
  readonly sealed?: string;
  /** The person in front of the program was asked as well, and has not approved. */
  readonly hostAsked?: true;
  readonly decision?: { readonly verdict: "approved" | "rejected"; readonly by: string; readonly at: number };
}

/** Who carries the action out: the fence rises with every claim, so an overtaken runner can change nothing. */
interface Run {
  readonly fence: number;
  readonly approval: Approval;
  /** When this generation was first sent, on the store's clock. */
  readonly since: number;
}

export interface DonePhase {
  readonly kind: "done";
  readonly at: number;
  readonly approvalKey: string;
  readonly approver?: string;
  readonly by?: string;
  readonly before?: string;
  readonly result: unknown;
  /** Why there was nothing to do; then doing it again is no repetition. */
  readonly unchanged?: string;
  /** For how long it is remembered at the least. */
  readonly windowMs?: number;
}

export type ActionPhase =
  | { readonly kind: "idle" }
  | (Run & {
      readonly kind: "executing";
      readonly until: number;
      /** True when an earlier runner may have sent it already. */
      readonly uncertain: boolean;
      /** What was done before, where it is done again: it still is when this run applies nothing. */
      readonly former?: DonePhase;
    })
  | (Run & { readonly kind: "unknown" })
  | DonePhase;

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
  readonly request?: ApprovalRequest;
  /** What this generation has finished of an action in several steps, by the step's name. */
  readonly marks?: Readonly<Record<string, string>>;
  /** A hash of the call that began it: finds it where what it sends can no longer be read. */
  readonly inputKey?: string;
  readonly phase: ActionPhase;
}

/** For so long after its end an approval is remembered: a late caller hears that it expired, not that it never was. */
const REMEMBER_EXPIRED_MS = 86_400_000;
/** What was done is remembered beyond any day's end: a new generation must not look like the one that has paid already. */
const REMEMBER_DONE_MS = 172_800_000;

export const freshAction = (now: number, randomIds: readonly string[]): ActionState => ({
  v: 1,
  at: now,
  generation: 1,
  fence: 0,
  randomIds,
  approvals: [],
  phase: { kind: "idle" },
});

/** A step to this state, kept for as long as it says something. One that was not changed is not written. */
export const write = <R>(next: ActionState, result: R, windowMs = 0): Step<ActionState, R> => ({
  next,
  result,
  expiresAt: forgettableAt(next, windowMs),
});

/** Answers without a change; times that moved with the clock are kept, else each look would move them anew. */
export const keep = <R>(state: ActionState | undefined, result: R, windowMs = 0): Step<ActionState, R> =>
  state === undefined ? { next: state, result } : write(state, result, windowMs);

/** What somebody began is never forgotten before it is settled. */
function forgettableAt({ phase, approvals, request }: ActionState, windowMs: number): number {
  if (phase.kind === "executing" || phase.kind === "unknown") return Infinity;
  const open = request === undefined ? approvals : [...approvals, request];
  const ends = open.map(({ expiresAt }) => expiresAt + REMEMBER_EXPIRED_MS);
  if (phase.kind !== "done") return Math.max(0, ...ends);
  return Math.max(phase.at + Math.max(windowMs, phase.windowMs ?? 0, REMEMBER_DONE_MS), ...ends);
}
