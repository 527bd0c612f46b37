import type { Proposal } from "./shapes.js";

/** The approver hands out a code with the preview, and whoever brings it back in time has the approval. */
export interface CodeApprover {
  readonly mode: "code";
  readonly minAgeMs: number;
  readonly ttlMs: number;
}

/** A human decides. */
export interface HumanApprover {
  readonly mode: "callback";
  readonly ttlMs: number;
  readonly ask: (proposal: Proposal, signal: AbortSignal) => Promise<boolean> | boolean;
}

export type Approver = CodeApprover | HumanApprover;

const HALF_AN_HOUR_MS = 1_800_000;

/** Who may approve an action. */
export const approvers = {
  /**
   * Gives a one-time code with each preview. Whoever sees the preview can approve it, after a minimum age: use it where
   * a person reads between preview and execution.
   */
  code: ({ minAgeMs = 30_000, ttlMs = HALF_AN_HOUR_MS }: Partial<Omit<CodeApprover, "mode">> = {}): CodeApprover => ({
    mode: "code",
    minAgeMs,
    ttlMs,
  }),

  /**
   * Asks your own function, which shows the proposal to a person and answers with what that person said.
   *
   * @example
   * ```ts
   * import { approvers } from "tg-guarded";
   *
   * const approver = approvers.callback(({ summary }) => summary.includes("Notes to self"));
   * ```
   */
  callback: (
    ask: HumanApprover["ask"],
    { ttlMs = HALF_AN_HOUR_MS }: { readonly ttlMs?: number } = {},
  ): HumanApprover => ({ mode: "callback", ttlMs, ask }),
};
