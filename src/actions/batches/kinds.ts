import type { Quota } from "../../errors.js";
import type { ItemEnd } from "../../state/batch-item.js";
import type { Operation, OperationContext } from "../operation.js";
import { addMember } from "../operations/add-member.js";
import { deleteMessages } from "../operations/delete-messages.js";
import { leaveDialog } from "../operations/leave-dialog.js";
import { thinkThrough, type Thought } from "../plan.js";
import type { BatchTarget } from "./batch-target.js";

/** The operations that there are batches of, by the names of their methods. */
export type KindName = "addMember" | "deleteMessages" | "leaveDialog";

/** What is done to each target of a batch: an operation that can tell by itself whether an earlier run has done it. */
export interface BatchKind {
  readonly name: KindName;
  /** What one item costs. */
  readonly quota?: Quota;
  /** How an item ends where there was nothing to do. */
  readonly unchanged: ItemEnd;
  /** Prepares one item, past the allowlist and the program's own policies. */
  think(context: OperationContext, target: BatchTarget, signal: AbortSignal): Promise<Thought<unknown>>;
}

const kindOf = <I, R>(
  operation: Operation<I, R>,
  about: Pick<BatchKind, "name" | "quota" | "unchanged">,
  inputOf: (target: BatchTarget) => I,
): BatchKind => ({
  ...about,
  think: (context, target, signal) => thinkThrough(context, operation, inputOf(target), signal),
});

/** Of an item whose chat was not found, which nobody prepares: no chat has the id 0. */
const NOWHERE = 0;

export const KINDS: Readonly<Record<KindName, BatchKind>> = {
  addMember: kindOf(
    addMember,
    { name: "addMember", quota: "join", unchanged: "already_member" },
    ({ chat = NOWHERE, user = NOWHERE }) => ({ chat, user }),
  ),
  deleteMessages: kindOf(
    deleteMessages,
    { name: "deleteMessages", unchanged: "success" },
    ({ chat = NOWHERE, messageIds = [], revoke = true }) => ({ chat, messageIds, revoke }),
  ),
  leaveDialog: kindOf(
    leaveDialog,
    { name: "leaveDialog", quota: "join", unchanged: "success" },
    ({ chat = NOWHERE }) => ({ chat }),
  ),
};

export const isKindName = (name: string): name is KindName => Object.hasOwn(KINDS, name);
