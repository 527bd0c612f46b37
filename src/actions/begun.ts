import { createHash } from "node:crypto";
import { GuardError, isGuardError } from "../errors.js";
import type { ActionState } from "../state/action.js";
import type { StateStore } from "../stores/store.js";
import { actionIdOf, digestIn, keysOf } from "./record.js";

/**
 * A hash of what the caller asked for, as he wrote it. The digest of the action says what would be sent; it cannot be made
 * again once the file, or the message that was to be forwarded, is gone.
 */
export function inputKeyOf(operation: string, input: unknown): string | undefined {
  try {
    return createHash("sha256")
      .update(JSON.stringify([operation, input], inOrder))
      .digest("hex");
  } catch {
    // What JSON cannot hold is taken by no schema either, so nothing was begun by it.
    return undefined;
  }
}

/** Fields in one order, whatever the caller's. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** The action that was begun by the same call and has no known end. */
async function begunBy(store: StateStore, account: string, inputKey: string): Promise<string | undefined> {
  for await (const [key, { phase, inputKey: begun }] of store.entries<ActionState>(keysOf(account))) {
    if (begun === inputKey && (phase.kind === "executing" || phase.kind === "unknown"))
      return actionIdOf(digestIn(key));
  }
  return undefined;
}

interface BegunContext {
  readonly store: StateStore;
  readonly account: string;
}

/** A refusal that says that nothing was sent is not the whole truth where an earlier run of the same call may have sent it. */
export async function withWhatWasBegun(
  { store, account }: BegunContext,
  inputKey: string | undefined,
  error: unknown,
): Promise<unknown> {
  if (!isGuardError(error) || error.applied !== "no" || inputKey === undefined) return error;
  const actionId = await begunBy(store, account, inputKey);
  if (actionId === undefined || ("actionId" in error.details && error.details.actionId === actionId)) return error;
  return new GuardError("outcome_unknown", "An earlier run of this call may have reached Telegram, and cannot go on.", {
    details: { actionId },
    nextStep: `It was stopped by this: ${error.message} Put back what it needs and make the same call again, or look into the chat; if it is not there, give another idempotencyKey.`,
    applied: "unknown",
    cause: error,
  });
}
