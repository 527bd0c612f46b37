import { setTimeout } from "node:timers/promises";
import { openOperatorDesk, withTerminal } from "tg-guarded";
import { stopSignal } from "../stop-signal.js";
import { askAbout, wordAt } from "./decide.js";

const LOOK_AGAIN_MS = 1000;

/** Asks at this terminal as questions come. What is not approved is left to stand, and not asked again here. */
export async function watch(): Promise<void> {
  const stopped = stopSignal();
  await using desk = await openOperatorDesk();
  await withTerminal(async (terminal) => {
    const word = await wordAt(terminal, desk);
    terminal.output.write("Waiting for questions; Ctrl-C ends it.\n");
    const seen = new Set<string>();
    while (!stopped.aborted) {
      for (const { actionId, askedAt } of await desk.list()) {
        const question = `${actionId} ${askedAt}`;
        if (seen.has(question)) continue;
        seen.add(question);
        const approved = await askAbout(terminal, desk, actionId, word);
        terminal.output.write(approved ? "Approved.\n" : "Left open; reject it with: tg-guarded approvals reject\n");
      }
      await setTimeout(LOOK_AGAIN_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  });
}
