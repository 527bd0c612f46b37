import type { ItemSettling } from "../../state/batch-item.js";

/** Ends one item for a reason that no call has: it says how. */
export class ItemEnded extends Error {
  constructor(readonly ending: ItemSettling) {
    super(`The item ended: ${ending.code ?? ending.status}.`);
  }
}
