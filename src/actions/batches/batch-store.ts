import { randomBytes } from "node:crypto";
import {
  approveBatch,
  cancelBatch,
  claimRun,
  createBatch,
  endRun,
  lookAtBatch,
  permitItem,
  renewRun,
  type Approved,
  type Approving,
  type Halted,
  type Permitted,
  type RunClaimed,
  type RunEnding,
} from "../../state/batch.js";
import {
  createItem,
  releaseItem,
  settleItem,
  takeItem,
  type BatchItemState,
  type ItemSettling,
  type ItemTaken,
} from "../../state/batch-item.js";
import { approvalNumber, REMEMBER_BATCH_MS, type BatchState } from "../../state/batch-state.js";
import type { StateStore, Transition } from "../../stores/store.js";
import { asCreated, digestOfBatch, itemsChanged, type NewItem } from "./batch-digest.js";
import { payloadOf, type ItemPayload } from "./batch-target.js";
import { batchOf, itemOf, type BatchItem, type BatchSummary } from "./batch-shapes.js";

export interface NewBatch {
  /** @defaultValue a new one */
  readonly batchId?: string;
  readonly operation: string;
  readonly items: readonly NewItem[];
  readonly note?: string;
  readonly ttlMs: number;
}

/** Everything about a batch. */
export interface BatchRead {
  readonly summary: BatchSummary;
  readonly items: readonly BatchItem[];
  /** What each item does, in the order of the items. */
  readonly payloads: readonly ItemPayload[];
  /** Which of its approvals stands, or would be the next. */
  readonly approvalNumber: number;
}

/** So many items are written at once. */
const AT_ONCE = 200;

/** An item that this run may carry out now, or why not. */
export type ItemGranted =
  | (Extract<ItemTaken, { readonly kind: "taken" }> & { readonly approvalLeftMs: number })
  | Exclude<ItemTaken, { readonly kind: "taken" }>
  | Exclude<Permitted, { readonly kind: "permitted" }>;

/** A run of a batch. */
export interface RunRef {
  readonly batchId: string;
  readonly fence: number;
}

/**
 * The batches of one account in the store: a record for the batch, and one for each item. Every step is one atomic
 * update that survives a power cut.
 */
export class BatchStore {
  readonly #store: StateStore;
  readonly #prefix: string;
  readonly #onExpired: (batchId: string) => Promise<void>;

  /** `onExpired` is called once for each batch, by whoever is the first to see it. */
  constructor(
    store: StateStore,
    account: string,
    onExpired: (batchId: string) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#store = store;
    this.#prefix = `batch:${account}:`;
    this.#onExpired = onExpired;
  }

  /**
   * Items come first: a batch is there as a whole or not at all. They need not wait for the disk one by one, since the
   * record of the batch, which comes last, does: logs are written in order.
   */
  async create({ batchId = newBatchId(), operation, items, note, ttlMs }: NewBatch): Promise<BatchSummary> {
    const keepMs = ttlMs + REMEMBER_BATCH_MS;
    for (let from = 0; from < items.length; from += AT_ONCE) {
      const some = items.slice(from, from + AT_ONCE);
      const creating = some.map((item, i) => createItem({ n: from + i, keepMs, ...item }));
      await Promise.all(creating.map((item, i) => this.#store.update(this.#itemKey(batchId, from + i), item)));
    }
    const isEmpty = items.every(({ blocked }) => blocked !== undefined);
    const about = { operation, digest: digestOfBatch(operation, items), itemCount: items.length, ttlMs, isEmpty };
    const creating = createBatch({ ...about, ...(note === undefined ? {} : { note }) });
    return batchOf(batchId, await this.#durably(this.#key(batchId), creating), await this.#itemStates(batchId));
  }

  /** `undefined` when there is none of that id. */
  async load(batchId: string): Promise<BatchSummary | undefined> {
    const state = await this.#look(batchId);
    return state && batchOf(batchId, state, await this.#itemStates(batchId));
  }

  /**
   * The batch with its items, and which of its approvals is due; `undefined` when there is none of that id.
   *
   * @throws GuardError `state_lost` when the items are not those that it was created with
   */
  async read(batchId: string): Promise<BatchRead | undefined> {
    const state = await this.#look(batchId);
    if (state === undefined) return undefined;
    const items = await this.#itemStates(batchId);
    if (digestOfBatch(state.operation, items.map(asCreated)) !== state.digest) throw itemsChanged(batchId);
    return {
      summary: batchOf(batchId, state, items),
      items: items.map((item) => itemOf(item, state)),
      payloads: items.map(({ payload }) => payloadOf(payload)),
      approvalNumber: approvalNumber(state),
    };
  }

  async item(batchId: string, n: number): Promise<BatchItem | undefined> {
    const state = await this.#look(batchId);
    const item = await this.#store.update<BatchItemState, BatchItemState | undefined>(
      this.#itemKey(batchId, n),
      (current) => ({ next: current, result: current }),
    );
    return state && item && itemOf(item, state);
  }

  /** All batches that are remembered, newest first. */
  async list(): Promise<readonly BatchSummary[]> {
    const ids: string[] = [];
    for await (const [key] of this.#store.entries<unknown>(this.#prefix)) {
      const id = key.slice(this.#prefix.length);
      if (!id.includes(":")) ids.push(id);
    }
    const found = await Promise.all(ids.map((id) => this.load(id)));
    return found.filter((batch) => batch !== undefined).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** In the order in which they were given. */
  async items(batchId: string): Promise<readonly BatchItem[]> {
    const state = await this.#look(batchId);
    return state === undefined ? [] : (await this.#itemStates(batchId)).map((item) => itemOf(item, state));
  }

  approve(batchId: string, approving: Approving): Promise<Approved> {
    return this.#open(batchId, approveBatch(approving));
  }

  claimRun(batchId: string, leaseMs: number): Promise<RunClaimed> {
    return this.#open(batchId, claimRun(leaseMs));
  }

  /** A lease is worth nothing after a power cut, so this one need not wait for the disk. */
  renewRun({ batchId, fence }: RunRef, leaseMs: number): Promise<boolean> {
    return this.#store.update(this.#key(batchId), renewRun(fence, leaseMs));
  }

  /**
   * Takes an item, and only then asks whether the batch still may: whoever loses its run, its approval or the batch
   * between the two steps puts the item back.
   */
  async takeItem(run: RunRef, n: number, leaseMs: number): Promise<ItemGranted> {
    const taken = await this.#durably(this.#itemKey(run.batchId, n), takeItem(run.fence));
    if (taken.kind !== "taken") return taken;
    const permitted = await this.#durably(this.#key(run.batchId), permitItem(run.fence, leaseMs));
    if (permitted.kind === "permitted") return { ...taken, approvalLeftMs: permitted.leftMs };
    await this.releaseItem(run, n);
    return this.#told(run.batchId, permitted);
  }

  /** False when another run has taken over. */
  settleItem({ batchId, fence }: RunRef, n: number, ending: ItemSettling): Promise<boolean> {
    return this.#durably(this.#itemKey(batchId, n), settleItem(fence, ending));
  }

  /** Surely nothing was done: the item waits again. */
  releaseItem({ batchId, fence }: RunRef, n: number): Promise<boolean> {
    return this.#durably(this.#itemKey(batchId, n), releaseItem(fence));
  }

  /** `completed` only counts when every item is settled; else the run is released. */
  async endRun({ batchId, fence }: RunRef, ending: RunEnding): Promise<boolean> {
    const isDone = ending.kind !== "completed" || (await this.#isAllSettled(batchId));
    return this.#durably(this.#key(batchId), endRun(fence, isDone ? ending : { kind: "released" }));
  }

  cancel(batchId: string): Promise<Halted | { readonly kind: "cancelled" }> {
    return this.#open(batchId, cancelBatch);
  }

  async #look(batchId: string): Promise<BatchState | undefined> {
    const looked = await this.#durably(this.#key(batchId), lookAtBatch);
    return looked && (await this.#told(batchId, looked)).state;
  }

  /** A step of a batch that must still be open. */
  async #open<R extends object>(batchId: string, transition: Transition<BatchState, R>): Promise<R> {
    return this.#told(batchId, await this.#durably(this.#key(batchId), transition));
  }

  /** Passes on an answer, and the expiry that was seen with it. */
  async #told<R extends object>(batchId: string, answer: R): Promise<R> {
    if ("hasExpired" in answer && answer.hasExpired === true) await this.#onExpired(batchId);
    return answer;
  }

  async #isAllSettled(batchId: string): Promise<boolean> {
    const state = await this.#look(batchId);
    const items = await this.#itemStates(batchId);
    return items.length === state?.itemCount && items.every(({ phase }) => phase.kind === "settled");
  }

  async #itemStates(batchId: string): Promise<BatchItemState[]> {
    const items: BatchItemState[] = [];
    for await (const [, item] of this.#store.entries<BatchItemState>(`${this.#key(batchId)}:item:`)) items.push(item);
    return items.sort((a, b) => a.n - b.n);
  }

  #durably<S, R>(key: string, transition: Transition<S, R>): Promise<R> {
    return this.#store.update(key, transition, { durable: true });
  }

  #key(batchId: string): string {
    return this.#prefix + batchId;
  }

  #itemKey(batchId: string, n: number): string {
    return `${this.#key(batchId)}:item:${n}`;
  }
}

export const newBatchId = (): string => `bat_${randomBytes(8).toString("hex")}`;
