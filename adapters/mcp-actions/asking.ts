import { AsyncLocalStorage } from "node:async_hooks";
import type { ActionsOptions } from "tg-guarded";
import type { ToolCall } from "../mcp/tool.js";

/** Which call an approver asks for: several may be under way on one connection to Telegram. */
const calls = new AsyncLocalStorage<ToolCall>();

/** The person in front of the host of the call that is under way; nobody where that host cannot ask. */
export const askPerson: NonNullable<ActionsOptions["ask"]> = async (proposal, signal) => {
  const elicit = calls.getStore()?.elicit;
  if (elicit === undefined) return undefined;
  const { describeProposal } = await import("tg-guarded");
  const answer = await elicit(describeProposal(proposal), signal);
  return answer === "unanswered" ? undefined : answer === "accepted";
};

/** Hosts that hear nothing for long give up. */
const PROGRESS_MS = 5000;
const WAITING = "Being carried out, or waiting for approval";

/** Carries out what may have to be approved first. The host is told now and then that it goes on. */
export async function whileAsking<T>(call: ToolCall, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const tell = (): void => {
    call.progress(Math.round((performance.now() - began) / 1000), undefined, WAITING);
  };
  tell();
  const timer = setInterval(tell, PROGRESS_MS);
  try {
    return await calls.run(call, work);
  } finally {
    clearInterval(timer);
  }
}
