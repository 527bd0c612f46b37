import { approveAtTerminal } from "./approve-at-terminal.js";
import type { Proposal } from "./shapes.js";

/** The approver hands out a code with the preview, and whoever brings it back in time has the approval. */
export interface CodeApprover {
  readonly mode: "code";
  /** Before that a code does not count, in milliseconds after the preview. @defaultValue 30_000 */
  readonly minAgeMs: number;
  /** For how long it counts, in milliseconds. @defaultValue 1_800_000, half an hour */
  readonly ttlMs: number;
}

/** A person decides while the call waits. */
export interface HumanApprover {
  readonly mode: "callback" | "terminal";
  /** For how long the question stands, in milliseconds. @defaultValue 1_800_000, half an hour */
  readonly ttlMs: number;
  /** Only `true` approves. The signal is aborted when the answer is not needed any more. */
  readonly ask: (proposal: Proposal, signal: AbortSignal) => Promise<boolean> | boolean;
}

/** A person decides in another program, in his own time. */
export interface OperatorApprover {
  readonly mode: "operator";
  /** For how long the question stands, in milliseconds. @defaultValue 1_800_000, half an hour */
  readonly ttlMs: number;
  /**
   * How long a call waits, in milliseconds, before it tells that the decision is awaited.
   * @defaultValue 0: it does not wait
   */
  readonly waitMs: number;
  /** The operator's key, as `tg-guarded approvals init` prints it; without one, that of the data folder if it is there. */
  readonly key?: string;
  /**
   * Asks the person in front of this program before: `true` is a yes, `false` a no, `undefined` that nobody has answered.
   * The signal is aborted when the answer is not needed any more. `host`: as the policy's `ask` does, if there is one.
   */
  readonly ask?:
    ((proposal: Proposal, signal: AbortSignal) => Promise<boolean | undefined> | boolean | undefined) | "host";
}

/** How the person in front of this program is asked. */
export type AskHost = Exclude<OperatorApprover["ask"], "host" | undefined>;

/** Who may approve actions, as {@link approvers} makes it. */
export type Approver = CodeApprover | HumanApprover | OperatorApprover;

interface Lifetime {
  /** For how long the question stands, in milliseconds. @defaultValue 1_800_000, half an hour */
  readonly ttlMs?: number;
}

const HALF_AN_HOUR_MS = 1_800_000;

/**
 * Who may approve an action. A person who is asked takes the place of code, confirmation text and minimum age.
 *
 * @example
 * ```ts
 * import { approvers, GuardedClient } from "tg-guarded";
 *
 * await using client = await GuardedClient.open({
 *   ...sandbox.clientOptions(),
 *   actions: { allow: ["@tidewater_lab"], approver: approvers.operator({ waitMs: 60_000 }) },
 * });
 * ```
 */
export const approvers = {
  /**
   * Gives a one-time code with each preview. Whoever sees the preview can approve it, after a minimum age: use it where
   * a person reads between preview and execution.
   *
   * @example
   * ```ts
   * import { approvers } from "tg-guarded";
   *
   * const approver = approvers.code({ minAgeMs: 60_000, ttlMs: 600_000 });
   * ```
   */
  code: ({ minAgeMs = 30_000, ttlMs = HALF_AN_HOUR_MS }: Partial<Omit<CodeApprover, "mode">> = {}): CodeApprover => ({
    mode: "code",
    minAgeMs,
    ttlMs,
  }),

  /**
   * Asks your own function, which shows the proposal to a person and answers with what that person said. Only `true`
   * approves, and only within `ttlMs`.
   *
   * Errors of the call: `approval_rejected`, and `approval_expired` for a yes that came too late.
   *
   * @example
   * ```ts
   * import { approvers } from "tg-guarded";
   *
   * const approver = approvers.callback(({ summary }) => summary.includes("Notes to self"));
   * ```
   */
  callback: (ask: HumanApprover["ask"], { ttlMs = HALF_AN_HOUR_MS }: Lifetime = {}): HumanApprover => ({
    mode: "callback",
    ttlMs,
    ask,
  }),

  /**
   * Asks the person at the terminal of this process, who types a word to agree. What stands on stdin does not count.
   *
   * Errors of the call: `approval_needs_terminal` where the process has no terminal.
   *
   * @example
   * ```ts
   * import { approvers } from "tg-guarded";
   *
   * const approver = approvers.terminal({ ttlMs: 120_000 });
   * ```
   */
  terminal: ({ ttlMs = HALF_AN_HOUR_MS }: Lifetime = {}): HumanApprover => ({
    mode: "terminal",
    ttlMs,
    ask: approveAtTerminal,
  }),

  /**
   * Asks an operator, who decides with `tg-guarded approvals`. The call waits for `waitMs` and then tells that it is
   * awaiting approval; the same call again, or `actions.resume`, goes on from there.
   *
   * With `ask` the person in front of this program is asked first, once for each question. A yes approves; a no is written
   * into the audit trail, and the operator may still decide. Whatever the operator decides meanwhile counts at once.
   *
   * @example
   * ```ts
   * import { approvers } from "tg-guarded";
   *
   * const approver = approvers.operator({ waitMs: 25_000 });
   * ```
   */
  operator: ({
    waitMs = 0,
    ttlMs = HALF_AN_HOUR_MS,
    key,
    ask,
  }: Partial<Omit<OperatorApprover, "mode">> = {}): OperatorApprover => ({
    mode: "operator",
    ttlMs,
    waitMs,
    ...(key === undefined ? {} : { key }),
    ...(ask === undefined ? {} : { ask }),
  }),
};
