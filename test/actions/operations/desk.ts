import { approvers, isGuardError, type ActionsOptions, type Outcome } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";
import { gated } from "../gated.js";

/** A client that a person behind a callback approves everything of, for any chat. */
export const open = (sandbox: Sandbox, actions: ActionsOptions = {}) =>
  gated(sandbox, {
    approver: approvers.callback(() => true),
    requireAllowlist: false,
    unsafeOverride: true,
    ...actions,
  });

/** What was done, or the reason why there was nothing to do. */
export async function resultOf<R>(outcome: Promise<Outcome<R>>): Promise<R> {
  const told = await outcome;
  if (told.status !== "done") throw new Error(JSON.stringify(told));
  return told.result;
}

/** The name of Telegram's refusal, or the code of ours. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isGuardError(error, "telegram_error")) return error.details.name;
    if (isGuardError(error)) return error.code;
    throw error;
  }
  return "none";
}

/** How often each method came in while something was done. */
export async function callsOf(sandbox: Sandbox, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = sandbox.log.length;
  await work();
  return sandbox.log.slice(before).map(({ method }) => method);
}
