import { describeProposal } from "./describe-proposal.js";
import type { Proposal } from "./shapes.js";
import { askAtTerminal, withTerminal, type Terminal } from "./terminal.js";

/** Shows the proposal at the terminal of this process and asks for the word. */
export const approveAtTerminal = (proposal: Proposal, signal: AbortSignal): Promise<boolean> =>
  withTerminal((terminal) => askForWord(terminal, proposal, signal));

/** A word rather than a key: nobody types it by habit. */
const WORD = "send";

/** Whether the person typed the word; anything else is a no. */
export async function askForWord(terminal: Terminal, proposal: Proposal, signal?: AbortSignal): Promise<boolean> {
  const text = `\n${describeProposal(proposal)}\n\nType "${WORD}" to approve this, anything else to refuse: `;
  const answer = await askAtTerminal(terminal, { text, ...(signal === undefined ? {} : { signal }) });
  return answer.trim().toLowerCase() === WORD;
}
