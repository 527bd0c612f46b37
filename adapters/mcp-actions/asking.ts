import { AsyncLocalStorage } from "node:async_hooks";
import type { ActionsOptions } from "tg-guarded";
import type { ToolCall } from "../mcp/tool.js";

/** Which call an approver asks for: several may be under way on one connection to Telegram. */
const calls = new AsyncLocalStorage<ToolCall>();

/**
 * The person in front of the host of the call that is under way; nobody where that host cannot ask.
 *
 * @example
 * ```ts
 * import { approvers } from "tg-guarded";
 * import { askPerson } from "tg-guarded/mcp-actions";
 *
 * const actions = { allow: ["@tidewater_lab"], approver: approvers.operator({ ask: "host" }), ask: askPerson };
 * ```
 */
export const askPerson: NonNullable<ActionsOptions["ask"]> = async (proposal, signal) => {
  const elicit = calls.getStore()?.elicit;
  if (elicit === undefined) return undefined;
  const { describeProposal } = await import("tg-guarded");
  const answer = await elicit(describeProposal(proposal), signal);
  return answer === "unanswered" ? undefined : answer === "accepted";
};

const WAITING = "Being carried out, or waiting for approval";

/** Carries out what may have to be approved first. */
export function whileAsking<T>(call: ToolCall, work: () => Promise<T>): Promise<T> {
  call.progress(0, undefined, WAITING);
  return calls.run(call, work);
}
