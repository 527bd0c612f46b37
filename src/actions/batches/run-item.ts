import { isGuardError } from "../../errors.js";
import type { ItemSettling } from "../../state/batch-item.js";
import { claimedWrites } from "../claimed-writes.js";
import { NothingToDo, type Prepared, type Run } from "../operation.js";
import type { BatchContext } from "./batch-context.js";
import type { ItemPayload } from "./batch-target.js";
import { endingOf } from "./item-endings.js";
import type { BatchKind } from "./kinds.js";
import { assertAsSeen, EDITED_SINCE } from "./seen.js";

/** An item that a run has taken. */
export interface TakenItem {
  readonly batchId: string;
  readonly n: number;
  readonly target: ItemPayload;
  /** True when an earlier run may have done it. */
  readonly resumed: boolean;
}

export type Worked =
  | { readonly kind: "ended"; readonly ending: ItemSettling }
  /** Something that nobody can explain, after the write began: it is not tried again by itself. */
  | { readonly kind: "broken"; readonly error: unknown }
  /** Something that is not this item's matter. `isUntouched`: this run surely changed nothing. */
  | { readonly kind: "stopped"; readonly error: unknown; readonly isUntouched: boolean };

/** Carries out one item, past allowlist and own policies once more. */
export async function workOn(
  context: BatchContext,
  kind: BatchKind,
  item: TakenItem,
  signal: AbortSignal,
): Promise<Worked> {
  const writes = { begun: false };
  const run = runOf(context, item, signal, writes);
  let prepared: Prepared<unknown> | undefined;
  try {
    ({ prepared } = await kind.think(context, item.target, signal));
    assertAsSeen(item.target, prepared.read ?? []);
    const result = await prepared.perform(run);
    return ended({ status: result instanceof NothingToDo ? kind.unchanged : "success" });
  } catch (error) {
    const isUntouched = !writes.begun || (isGuardError(error) && error.applied === "no");
    // The messages were read once more before the write: that they were edited is all that can be wrong with the input now.
    const isEdited = prepared?.read !== undefined && isGuardError(error, "input_invalid");
    const ending = isEdited ? EDITED_SINCE : endingOf(error);
    if (ending === undefined) {
      const isExplained = isUntouched || isGuardError(error) || signal.aborted;
      return isExplained ? { kind: "stopped", error, isUntouched } : { kind: "broken", error };
    }
    return isUntouched && !item.resumed ? ended(ending) : lookWhetherDone(prepared, run, ending);
  }
}

const ended = (ending: ItemSettling): Worked => ({ kind: "ended", ending });

/** It ended in an error of its own, but an earlier attempt may have been carried out: Telegram is asked. */
async function lookWhetherDone(
  prepared: Prepared<unknown> | undefined,
  run: Run,
  ending: ItemSettling,
): Promise<Worked> {
  if (prepared === undefined) return ended({ ...ending, status: "unknown" });
  try {
    const found = await prepared.find(0, run);
    return ended(found === undefined ? ending : { status: "success" });
  } catch (error) {
    const why = endingOf(error);
    return why === undefined ? { kind: "stopped", error, isUntouched: false } : ended({ ...why, status: "unknown" });
  }
}

/** Each item is one request or none, so there is nothing to note between requests, and none needs a random id. */
function runOf(
  { telegram }: BatchContext,
  { batchId, n, resumed }: TakenItem,
  signal: AbortSignal,
  writes: { begun: boolean },
): Run {
  const name = `${batchId}:${n}`;
  const write = claimedWrites({ telegram, actionId: name, reservation: name, resumed, signal });
  return {
    randomIds: [],
    resumed,
    changed: false,
    write(request, options) {
      writes.begun = true;
      return write(request, options);
    },
    marked: () => undefined,
    mark: () => Promise.reject(new Error("An item of a batch has one step.")),
  };
}
