import { setTimeout } from "node:timers/promises";
import { isGuardError, openOperatorDesk, withTerminal, type OperatorDesk, type Terminal } from "tg-guarded";
import { stopSignal } from "../stop-signal.js";
import { askAbout, wordAt, type Asking } from "./decide.js";

const LOOK_AGAIN_MS = 1000;

/** Asks at this terminal as questions come. What is not approved is left to stand, and not asked again here. */
export async function watch(): Promise<void> {
  const stopped = stopSignal();
  await using desk = await openOperatorDesk();
  await withTerminal(async (terminal) => {
    const word = await wordAt(terminal, desk, stopped);
    terminal.output.write("Waiting for questions; Ctrl-C ends it.\n");
    const seen = new Set<string>();
    while (!stopped.aborted) {
      for (const { actionId, askedAt } of await desk.list()) {
        const question = `${actionId} ${askedAt}`;
        if (seen.has(question)) continue;
        seen.add(question);
        terminal.output.write(`${await decideOn(terminal, desk, actionId, { word, signal: stopped })}\n`);
      }
      await setTimeout(LOOK_AGAIN_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  });
}

/** What came of one question, in words. One that cannot be asked does not keep the others from being asked. */
async function decideOn(terminal: Terminal, desk: OperatorDesk, actionId: string, asking: Asking): Promise<string> {
  try {
    const approved = await askAbout(terminal, desk, actionId, asking);
    return approved ? "Approved." : `Left open; reject it with: tg-guarded approvals reject ${actionId}`;
  } catch (error) {
    if (isGuardError(error, "action_unknown")) return error.message;
    if (isGuardError(error, "state_newer")) return `${actionId} cannot be read: ${error.message} ${error.nextStep}`;
    if (!isUnreadable(error)) throw error;
    return `${actionId} cannot be read: it was sealed for another operator's key. Reject it with: tg-guarded approvals reject ${actionId}`;
  }
}

/** A wrong secret is refused without a cause; it opens no question at all. A key that is missing here leaves no JSON. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof SyntaxError || (isGuardError(error, "operator_denied") && error.cause !== undefined);
