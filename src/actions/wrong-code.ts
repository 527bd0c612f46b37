import type { GuardError } from "../errors.js";
import type { ActionState } from "../state/action.js";
import { approvalKey } from "./digest.js";
import { judge, modeOf, type GateContext } from "./gates.js";
import { actionIdOf, digestIn, keysOf } from "./record.js";
import * as refusals from "./refusals.js";
import type { Gate } from "./shapes.js";

/** What to say where an action has no such approval. A guess is counted; a code that fits another action is none. */
export async function refusalOf(
  context: GateContext,
  actionId: string,
  { approvalCode = "" }: Gate,
): Promise<GuardError> {
  if (modeOf(context.policy) !== "code") return refusals.approvalInvalid(actionId);
  const other = await actionOf(context, approvalCode);
  if (other !== undefined) return refusals.approvalOfAnother(actionId, other);
  await judge(context, actionId, "wrong");
  return refusals.approvalInvalid(actionId);
}

/** The action that the code was given for. Whoever has a wrong code has time. */
async function actionOf({ store, account }: GateContext, code: string): Promise<string | undefined> {
  for await (const [key, { approvals }] of store.entries<ActionState>(keysOf(account))) {
    const digest = digestIn(key);
    const wanted = approvalKey(digest, code);
    if (approvals.some((approval) => approval.key === wanted)) return actionIdOf(digest);
  }
  return undefined;
}
