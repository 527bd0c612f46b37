import { randomUUID } from "node:crypto";
import { NEVER_ABORTED } from "../call.js";
import { sleep, type Clock } from "../clock.js";
import type { Quota } from "../errors.js";
import type { Events } from "../events.js";
import type { Claimed } from "../state/action.js";
import type { Chat } from "../models/chat.js";
import type { StateStore } from "../stores/store.js";
import { approvalKey, digestOf, newApprovalCode, newRandomId } from "./digest.js";
import type { Operation, OperationContext, Prepared } from "./operation.js";
import { assertAllowed } from "./policy.js";
import { ActionRecord } from "./record.js";
import * as refusals from "./refusals.js";
import { runClaimed, type Plan, type Taken } from "./run.js";
import type { ActionCallOptions, ApprovalOffer, Gate, Outcome, Preview } from "./shapes.js";

export interface LifecycleOptions extends OperationContext {
  /** Under which this account's actions are kept. */
  readonly account: string;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly events: Events;
  /** How much of a quota is left today. */
  readonly quotaLeft: (quota: Quota) => Promise<number>;
}

/** How long a caller waits for another process that carries out the same action. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 1000;

/** Takes every write from its input to its outcome: validate, resolve, allow, approve, claim, send, settle. */
export class Lifecycle {
  readonly #options: LifecycleOptions;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /** What would happen, and how to approve it. Sends nothing. */
  async preview<I, R>(operation: Operation<I, R>, input: I, { signal }: ActionCallOptions = {}): Promise<Preview<R>> {
    const plan = await this.#plan(operation, input, signal ?? NEVER_ABORTED);
    const { offer, warnings } = await this.#offerApproval(plan);
    const { cost } = plan.prepared;
    return {
      status: "preview",
      ...plan.proposal,
      warnings: [...plan.proposal.warnings, ...warnings],
      quotaLeft: cost && (await this.#options.quotaLeft(cost.quota)),
      approval: offer,
      execute: (gate = {}) => this.execute(operation, input, { confirm: true, ...codeOf(offer), ...gate }, { signal }),
    };
  }

  /** Carries it out, once, if every gate is open. */
  async execute<I, R>(
    operation: Operation<I, R>,
    input: I,
    gate: Gate,
    { signal = NEVER_ABORTED }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Outcome<R>> {
    const plan = await this.#plan(operation, input, signal);
    const { actionId } = plan.proposal;
    if (!gate.confirm) throw refusals.notConfirmed(actionId);
    const key = await this.#approval(plan, gate, signal);
    const claimed = await this.#claim(plan, key, gate, signal);
    if (claimed.kind === "repeated") {
      return { status: "done", actionId, at: iso(claimed.at), repeated: true, result: claimed.result as R };
    }
    return runClaimed(this.#options, plan, claimed, signal);
  }

  async #plan<I, R>(operation: Operation<I, R>, input: I, signal: AbortSignal): Promise<Plan<R>> {
    const { telegram, policy, account, store } = this.#options;
    const prepared = await operation.prepare({ telegram, policy }, input, signal);
    for (const target of prepared.targets) assertAllowed(policy, target, telegram.selfId);
    const digest = digestOf(prepared.payload);
    const { summary, warnings } = prepared;
    const targets = prepared.targets.map(withoutAddress);
    return {
      prepared,
      proposal: { actionId: digest.slice(0, 24), digest, summary, targets, warnings },
      record: new ActionRecord(store, `action:${account}:${digest}`),
    };
  }

  async #offerApproval<R>(plan: Plan<R>): Promise<{ offer: ApprovalOffer; warnings: readonly string[] }> {
    const { approver } = this.#options.policy;
    const code = newApprovalCode();
    const opened = await this.#open(plan, code, approver.mode === "code" ? approver.minAgeMs : 0);
    return {
      offer: {
        mode: approver.mode,
        notBefore: iso(opened.notBefore),
        expiresAt: iso(opened.expiresAt),
        ...(approver.mode === "code" ? { code } : {}),
      },
      warnings:
        opened.doneAt === undefined
          ? []
          : [`The same action was done at ${iso(opened.doneAt)}; repeating needs forceResend.`],
    };
  }

  #open<R>({ record, proposal, prepared }: Plan<R>, code: string, minAgeMs: number) {
    const { approver, idempotencyWindowMs } = this.#options.policy;
    return record.open({
      key: approvalKey(proposal.digest, code),
      approver: approver.mode,
      minAgeMs,
      ttlMs: approver.ttlMs,
      randomIds: newRandomIds(prepared),
      windowMs: idempotencyWindowMs,
    });
  }

  /** The key of the approval to use: the code's, or one that a human gives now. */
  async #approval<R>(plan: Plan<R>, gate: Gate, signal: AbortSignal): Promise<string> {
    const { approver } = this.#options.policy;
    const { actionId, digest } = plan.proposal;
    if (approver.mode === "code") {
      if (gate.approvalCode === undefined) throw refusals.approvalInvalid(actionId);
      return approvalKey(digest, gate.approvalCode);
    }
    const phase = await plan.record.phase();
    // What a human approved and nobody finished is finished without asking again.
    if (phase?.kind === "executing" || phase?.kind === "unknown") return phase.approval.key;
    if (phase?.kind === "done" && gate.forceResend !== true) throw refusals.alreadyDone(actionId, phase.at);
    if (!(await approver.ask(plan.proposal, signal))) throw refusals.approvalRejected(actionId);
    const secret = randomUUID();
    await this.#open(plan, secret, 0);
    return approvalKey(digest, secret);
  }

  async #claim<R>(
    { record, proposal, prepared }: Plan<R>,
    key: string,
    gate: Gate,
    signal: AbortSignal,
  ): Promise<Taken | Extract<Claimed, { kind: "repeated" }>> {
    const { clock, events, policy } = this.#options;
    const { leaseMs, idempotencyWindowMs: windowMs } = policy;
    const randomIds = newRandomIds(prepared);
    const forceResend = gate.forceResend ?? false;
    const { actionId } = proposal;
    for (const giveUpAt = clock.now() + PATIENCE_MS; ;) {
      const claimed = await record.claim({ key, leaseMs, windowMs, forceResend, randomIds });
      switch (claimed.kind) {
        case "claimed":
        case "repeated":
          return claimed;
        case "invalid":
          throw refusals.approvalInvalid(actionId);
        case "expired":
          throw refusals.approvalExpired(actionId);
        case "early":
          throw refusals.approvalTooEarly(actionId, claimed.waitMs);
        case "already_done":
          throw refusals.alreadyDone(actionId, claimed.at);
        case "busy": {
          if (clock.now() >= giveUpAt) throw refusals.inProgress(actionId, claimed.waitMs);
          const waitMs = Math.min(claimed.waitMs, LOOK_AGAIN_MS);
          const text = "Another process carries out this action, or was cut off doing it";
          events.emit("wait", { method: "action", reason: "action", waitMs, text });
          await sleep(clock, waitMs, signal);
        }
      }
    }
  }
}

/** What a person needs to see of a peer; the access hash is none of it. */
const withoutAddress = ({ id, kind, title, username }: Chat): Chat => ({
  id,
  kind,
  title,
  ...(username === undefined ? {} : { username }),
});
const newRandomIds = ({ randomIdCount }: Prepared<unknown>): string[] =>
  Array.from({ length: randomIdCount }, newRandomId);
const codeOf = ({ code }: ApprovalOffer): Partial<Gate> => (code === undefined ? {} : { approvalCode: code });
const iso = (at: number): string => new Date(at).toISOString();
