import { z } from "zod";
import { GuardError } from "../../errors.js";
import type { BatchItemState, ItemEnd } from "../../state/batch-item.js";
import { digestOf, type Json } from "../digest.js";

/** An item that a new batch gets. */
export interface NewItem {
  /** What the operation needs to carry it out: resolved ids, never a text. */
  readonly payload: Json;
  /** Of an item that is known to be impossible. */
  readonly blocked?: { readonly status: ItemEnd; readonly code?: string };
}

/** What an approval of the batch is for: the operation and every item, in their order. */
export const digestOfBatch = (operation: string, items: readonly Pick<NewItem, "payload" | "blocked">[]): string =>
  digestOf({ operation, items: items.map(({ payload, blocked }) => ({ payload, blocked: blocked?.status })) });

/** An item as it was in the beginning: what no run has ever taken was settled by its creation. */
export function asCreated({ payload, fence, phase }: BatchItemState): NewItem {
  const blocked = fence === 0 && phase.kind === "settled" ? { blocked: { status: phase.status } } : {};
  return { payload: z.json().parse(payload), ...blocked };
}

export const itemsChanged = (batchId: string): GuardError<"state_lost"> =>
  new GuardError("state_lost", `The items of batch ${batchId} are not those that it was created with.`, {
    details: { store: `batch ${batchId}` },
    nextStep: "Somebody changed the state. Cancel the batch, and let a person look into it.",
  });
