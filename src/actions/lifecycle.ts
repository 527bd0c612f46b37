import { NEVER_ABORTED } from "../call.js";
import { sleep, type Clock } from "../clock.js";
import type { AuditTrail } from "../audit/trail.js";
import type { Quota } from "../errors.js";
import type { Events } from "../events.js";
import type { Claimed, Claiming } from "../state/action.js";
import { parseInput } from "../input.js";
import { inputKeyOf, withWhatWasBegun } from "./begun.js";
import { approvalFor, type Permission } from "./approval.js";
import { gateSchema, modeOf, passGates } from "./gates.js";
import { Journal } from "./journal.js";
import { offerApproval } from "./offer.js";
import type { Operation } from "./operation.js";
import { planOf, type Plan, type PlanContext } from "./plan.js";
import { newRandomIds } from "./random-ids.js";
import * as refusals from "./refusals.js";
import { runClaimed, type RunContext, type Taken } from "./run.js";
import { performUnapproved } from "./unapproved.js";
import { assertInTime } from "./when.js";
import { refusalOf } from "./wrong-code.js";
import type { ActionCallOptions, AwaitingApproval, Done, Gate, Outcome, Preview, Unchanged } from "./shapes.js";

export interface LifecycleOptions extends PlanContext {
  readonly clock: Clock;
  readonly events: Events;
  readonly trail: Pick<AuditTrail, "append">;
  /** How much of a quota is left today. */
  readonly quotaLeft: (quota: Quota) => Promise<number>;
}

/** How long a caller waits for another process that carries out the same action. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 1000;
/** So many actions can be resumed by their id; the oldest goes. */
const RESUMABLE = 1000;

type Again = (gate: Gate, options: ActionCallOptions) => Promise<Outcome<unknown>>;

/** Takes every write from its input to its outcome: validate, resolve, allow, approve, claim, send, settle. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #journal: Journal;
  readonly #resumable = new Map<string, Again>();

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#journal = new Journal(options.trail, options.events);
  }

  /** What would happen, and how to approve it. Sends nothing. */
  async preview<I, R>(operation: Operation<I, R>, input: I, { signal }: ActionCallOptions = {}): Promise<Preview<R>> {
    const kept = copyOf(input);
    const plan = await this.#plan(operation, kept, signal ?? NEVER_ABORTED);
    assertInTime(operation.name, plan.prepared.notAfterMs);
    await this.#journal.decided("preview", plan.proposal, modeOf(this.#options.policy));
    const { offer, warnings } = await offerApproval(this.#options, plan);
    const { cost } = plan.prepared;
    const code = offer.code === undefined ? {} : { approvalCode: offer.code };
    this.#remember(plan.proposal.actionId, operation, kept);
    return {
      status: "preview",
      ...plan.proposal,
      warnings: [...plan.proposal.warnings, ...warnings],
      quotaLeft: cost && (await this.#options.quotaLeft(cost.quota)),
      approval: offer,
      execute: (gate = {}) =>
        this.execute(operation, kept, { confirm: true, ...code, ...gate }, signal === undefined ? {} : { signal }),
    };
  }

  /** Carries it out, once, if every gate is open. */
  async execute<I, R>(
    operation: Operation<I, R>,
    input: I,
    given: Gate,
    { signal = NEVER_ABORTED }: ActionCallOptions = {},
  ): Promise<Outcome<R>> {
    const gate = parseInput(gateSchema, given, "gate");
    const kept = copyOf(input);
    const inputKey = inputKeyOf(operation.name, kept);
    const whole = (error: unknown): Promise<unknown> => withWhatWasBegun(this.#options, inputKey, error);
    const plan = await this.#plan(operation, kept, signal).catch(async (error: unknown) => {
      throw await whole(error);
    });
    const { actionId } = plan.proposal;
    this.#remember(actionId, operation, kept);
    const claimed = await this.#approveAndClaim(plan, gate, inputKey, signal).catch(async (error: unknown) => {
      await this.#journal.refused(operation.name, error, plan.proposal);
      throw await whole(error);
    });
    if ("status" in claimed) return claimed;
    if (claimed.kind === "claimed") return runClaimed(this.#runContext, plan, claimed, signal);
    await this.#journal.ended(claimed.unchanged === undefined ? "done" : "unchanged", plan.proposal, REPEATED);
    return repeated<R>(actionId, claimed);
  }

  /** Carries out what needs no approval, since nobody else sees it. */
  async unapproved<I, R>(
    operation: Operation<I, R>,
    input: I,
    { signal = NEVER_ABORTED }: ActionCallOptions = {},
  ): Promise<Done<R> | Unchanged> {
    const plan = await this.#plan(operation, input, signal);
    return performUnapproved(this.#runContext, plan, signal);
  }

  /** Goes on with what this client previewed or called. */
  resume(actionId: string, gate: Gate, options: ActionCallOptions): Promise<Outcome<unknown>> {
    const again = this.#resumable.get(actionId);
    return again === undefined ? Promise.reject(refusals.actionUnknown(actionId)) : again(gate, options);
  }

  #remember<I, R>(actionId: string, operation: Operation<I, R>, input: I): void {
    this.#resumable.delete(actionId);
    this.#resumable.set(actionId, (gate, options) => this.execute(operation, input, gate, options));
    for (const [oldest] of this.#resumable) {
      if (this.#resumable.size <= RESUMABLE) return;
      this.#resumable.delete(oldest);
    }
  }

  get #runContext(): LifecycleOptions & RunContext {
    return { ...this.#options, journal: this.#journal };
  }

  async #plan<I, R>(operation: Operation<I, R>, input: I, signal: AbortSignal): Promise<Plan<R>> {
    try {
      return await planOf(this.#options, operation, input, signal);
    } catch (error) {
      await this.#journal.refused(operation.name, error);
      throw error;
    }
  }

  async #approveAndClaim(
    plan: Plan<unknown>,
    gate: Gate,
    inputKey: string | undefined,
    signal: AbortSignal,
  ): Promise<AwaitingApproval | Taken | Repeated> {
    await passGates(this.#options, gate, plan.proposal.actionId);
    const permission = await approvalFor(this.#runContext, plan, gate, signal);
    return "status" in permission
      ? permission
      : this.#claim(plan, { ...permission, ...(inputKey === undefined ? {} : { inputKey }) }, gate, signal);
  }

  async #claim<R>(
    { record, proposal, prepared, before, windowMs }: Plan<R>,
    permission: Permission & Pick<Claiming, "inputKey">,
    gate: Gate,
    signal: AbortSignal,
  ): Promise<Taken | Repeated> {
    const { clock, events, policy } = this.#options;
    const claiming = {
      ...permission,
      leaseMs: policy.leaseMs,
      windowMs,
      randomIds: newRandomIds(prepared.randomIdCount),
      forceResend: gate.forceResend ?? false,
      ...(before === undefined ? {} : { before }),
    };
    const { actionId } = proposal;
    for (const giveUpAt = clock.now() + PATIENCE_MS; ;) {
      const claimed = await record.claim(claiming);
      switch (claimed.kind) {
        case "claimed":
        case "repeated":
          return claimed;
        case "invalid":
          throw await refusalOf(this.#options, actionId, gate);
        case "changed":
          throw refusals.changedSince(actionId);
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

const REPEATED = { status: "repeated" } as const;

/** A caller may go on with its object as it likes. What cannot be copied is taken by no schema either. */
function copyOf<I>(input: I): I {
  try {
    return structuredClone(input);
  } catch {
    return input;
  }
}

type Repeated = Extract<Claimed, { kind: "repeated" }>;

/** What the same approval did before. */
function repeated<R>(actionId: string, { at, result, unchanged }: Repeated): Done<R> | Unchanged {
  const when = new Date(at).toISOString();
  return unchanged === undefined
    ? { status: "done", actionId, at: when, repeated: true, result: result as R }
    : { status: "unchanged", actionId, at: when, reason: unchanged };
}
