import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import type { Operation } from "../operation.js";
import type { ActionCallOptions, Gate, Outcome, Preview } from "../shapes.js";
import { batchApproval, type ApprovedBatch } from "./approval-operation.js";
import type { BatchContext } from "./batch-context.js";
import type { BatchItem, BatchSummary } from "./batch-shapes.js";
import type { BatchKind, KindName } from "./kinds.js";
import { batchUnknown, halted } from "./refusals.js";
import { runBatch, type BatchRunOptions } from "./run-batch.js";

const runSchema = z.strictObject({
  maxActions: z.int().min(1).exactOptional(),
  signal: z.instanceof(AbortSignal).exactOptional(),
});

/**
 * Many writes of one kind, under one approval. It lives in the store: any process of the account can go on with it.
 *
 * @example
 * ```ts
 * const { summary, targets, approval } = await batch.preview();
 * await batch.approve({ confirm: true });
 * for await (const { n, status } of batch.run()) console.log(n, status);
 * console.log((await batch.status()).counts);
 * ```
 */
export class Batch {
  readonly batchId: string;
  /** The method of `client.actions` that does one of its items. */
  readonly operation: KindName;
  readonly #context: BatchContext;
  readonly #kind: BatchKind;
  readonly #approval: Operation<string, ApprovedBatch>;

  constructor(context: BatchContext, kind: BatchKind, batchId: string) {
    this.batchId = batchId;
    this.operation = kind.name;
    this.#context = context;
    this.#kind = kind;
    this.#approval = batchApproval(context, kind);
  }

  /**
   * What would be done to whom, what is left out and why, what it costs of the day's quota and for how long an approval
   * would last; and how to approve it. Asks Telegram nothing, but for the first messages of each chat where another
   * process created a batch that deletes.
   *
   * Errors: `batch_unknown`, `batch_over`, `state_lost`, `write_denied`, `not_allowed`, `policy_refused`.
   *
   * @example
   * ```ts
   * const { summary, targets, warnings, quotaLeft } = await batch.preview();
   * ```
   */
  preview(options: ActionCallOptions = {}): Promise<Preview<ApprovedBatch>> {
    return this.#context.lifecycle.preview(this.#approval, this.batchId, options);
  }

  /**
   * Approves it, by whoever approves actions. The approval lasts for `batchApprovalLeaseMs`, not for a number of items.
   *
   * Errors: those of {@link Batch.preview} and of the gates; `batch_not_approved` when it is not as it was shown.
   *
   * @example
   * ```ts
   * const outcome = await batch.approve({ confirm: true });
   * if (outcome.status === "done") console.log(outcome.result);
   * ```
   */
  approve(gate: Gate, options: ActionCallOptions = {}): Promise<Outcome<ApprovedBatch>> {
    return this.#context.lifecycle.execute(this.#approval, this.batchId, gate, options);
  }

  /**
   * Works on its items one after the other, and gives each as soon as it is settled. Nothing happens before the first is
   * asked for; leaving the loop ends the run after the item at hand. A used-up quota or an open circuit ends it too, and
   * `status` then tells when it can go on. What was done stays done, and nothing is done twice.
   *
   * Errors: `batch_unknown`, `batch_not_approved`, `batch_busy`, `batch_paused`, `batch_over`, `state_lost`,
   * `write_denied`, `audit_broken`, `file_error`, `circuit_open` where only a person can close the circuit, and those
   * of every call ({@link GuardError}) that are not one item's own. Those of an item stand in the item.
   *
   * @example
   * ```ts
   * await batch.approve({ confirm: true });
   * for await (const { target, status, code } of batch.run({ maxActions: 20 })) console.log(target.title, status, code);
   * ```
   */
  run(options: BatchRunOptions = {}): AsyncGenerator<BatchItem, void, undefined> {
    const parsed = parseInput(runSchema, options, "run");
    return runBatch(this.#context, { batchId: this.batchId, kind: this.#kind }, definedOnly(parsed));
  }

  /**
   * How it stands: its status, and how many of its items are in which.
   *
   * Errors: `batch_unknown`.
   *
   * @example
   * ```ts
   * const { status, counts, goesOnAt } = await batch.status();
   * ```
   */
  async status(): Promise<BatchSummary> {
    const summary = await this.#context.batches.load(this.batchId);
    if (summary === undefined) throw batchUnknown(this.batchId);
    return summary;
  }

  /**
   * All of its items, in the order in which they were given. Empty for a batch that is not there.
   *
   * @example
   * ```ts
   * for (const { n, status, target } of await batch.items()) console.log(n, status, target.title);
   * ```
   */
  items(): Promise<readonly BatchItem[]> {
    return this.#context.batches.items(this.batchId);
  }

  /**
   * Ends it for good. A run that is at work ends after the item at hand.
   *
   * Errors: `batch_unknown`, `batch_over`, `audit_broken`, `file_error`.
   *
   * @example
   * ```ts
   * await batch.cancel();
   * ```
   */
  async cancel(): Promise<void> {
    const cancelled = await this.#context.batches.cancel(this.batchId);
    if (cancelled.kind !== "cancelled") throw halted(this.batchId, cancelled);
    await this.#context.audit({ event: "batch_cancelled", batchId: this.batchId, operation: this.operation });
  }
}
