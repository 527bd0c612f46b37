import { createHash, randomBytes } from "node:crypto";
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
  type ItemEnd,
  type ItemSettling,
  type ItemTaken,
} from "../../state/batch-item.js";
import { REMEMBER_BATCH_MS, type BatchState } from "../../state/batch-state.js";
import type { StateStore, Transition } from "../../stores/store.js";
import { canonicalJson, type Json } from "../digest.js";
import { batchOf, itemOf, type BatchItem, type BatchSummary } from "./batch-shapes.js";

/** An item that a new batch gets. */
export interface NewItem {
  /** What the operation needs to carry it out: resolved ids, never a text. */
  readonly payload: Json;
  /** Of an item that is known to be impossible. */
  readonly blocked?: { readonly status: ItemEnd; readonly code?: string };
}

export interface NewBatch {
  readonly operation: string;
  readonly items: readonly NewItem[];
  readonly note?: string;
  readonly ttlMs: number;
}

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

  constructor(store: StateStore, account: string) {
    this.#store = store;
    this.#prefix = `batch:${account}:`;
  }

  /** Items come first: a batch is there as a whole or not at all. */
  async create({ operation, items, note, ttlMs }: NewBatch): Promise<BatchSummary> {
    const batchId = `bat_${randomBytes(8).toString("hex")}`;
    const keepMs = ttlMs + REMEMBER_BATCH_MS;
    for (const [n, item] of items.entries()) {
      await this.#durably(this.#itemKey(batchId, n), createItem({ n, keepMs, ...item }));
    }
    const about = { operation, digest: digestOfBatch(operation, items), itemCount: items.length, ttlMs };
    const creating = createBatch({ ...about, ...(note === undefined ? {} : { note }) });
    return batchOf(batchId, await this.#durably(this.#key(batchId), creating), await this.#itemStates(batchId));
  }

  /** `undefined` when there is none of that id. */
  async load(batchId: string): Promise<BatchSummary | undefined> {
    const state = await this.#look(batchId);
    return state && batchOf(batchId, state, await this.#itemStates(batchId));
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
    return this.#durably(this.#key(batchId), approveBatch(approving));
  }

  claimRun(batchId: string, leaseMs: number): Promise<RunClaimed> {
    return this.#durably(this.#key(batchId), claimRun(leaseMs));
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
    return permitted;
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
    return this.#durably(this.#key(batchId), cancelBatch);
  }

  #look(batchId: string): Promise<BatchState | undefined> {
    return this.#durably(this.#key(batchId), lookAtBatch);
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

/** What an approval of the batch is for: the operation and every item, in their order. */
const digestOfBatch = (operation: string, items: readonly NewItem[]): string =>
  createHash("sha256")
    .update(
      canonicalJson({ operation, items: items.map(({ payload, blocked }) => ({ payload, blocked: blocked?.status })) }),
    )
    .digest("hex");
