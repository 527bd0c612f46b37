import { userInfo } from "node:os";
import {
  askAtTerminal,
  describeProposal,
  openOperatorDesk,
  visible,
  withTerminal,
  type OperatorDesk,
  type OperatorWord,
  type Terminal,
} from "tg-guarded";

/** The open questions; what they ask is shown by `show`. */
export async function list({ json = false }: { readonly json?: boolean }): Promise<void> {
  await using desk = await openOperatorDesk();
  const questions = await desk.list();
  if (json) for (const question of questions) process.stdout.write(`${JSON.stringify(question)}\n`);
  else if (questions.length === 0) process.stdout.write("Nothing waits for a decision.\n");
  else {
    for (const { actionId, operation, account, askedAt, expiresAt } of questions) {
      const who = visible(`${actionId}  ${operation}  ${account}`);
      process.stdout.write(`${who}  asked ${askedAt}, until ${expiresAt}\n`);
    }
  }
}

export async function show(actionId: string): Promise<void> {
  await using desk = await openOperatorDesk();
  const word = desk.needsSecret ? await withTerminal((terminal) => wordAt(terminal, desk)) : {};
  const { proposal } = await desk.show(actionId, word);
  process.stdout.write(`${describeProposal(proposal)}\n`);
}

/** Nobody approves what was not shown, and nothing but a terminal can say yes. */
export async function approve(actionId: string): Promise<void> {
  await using desk = await openOperatorDesk();
  await withTerminal(async (terminal) => {
    const word = await wordAt(terminal, desk);
    const approved = await askAbout(terminal, desk, actionId, { word });
    terminal.output.write(approved ? "Approved.\n" : "Not approved; it still waits.\n");
  });
}

export async function reject(actionId: string): Promise<void> {
  await using desk = await openOperatorDesk();
  const word = desk.needsSecret ? await withTerminal((terminal) => wordAt(terminal, desk)) : nameOnly();
  await desk.reject(actionId, word);
  process.stdout.write("Rejected.\n");
}

/** By whom a question is decided, and until when one waits for it. */
export interface Asking {
  readonly word: OperatorWord;
  readonly signal?: AbortSignal;
}

/** Shows the question and approves it if the person types the word. */
export async function askAbout(
  terminal: Terminal,
  desk: OperatorDesk,
  actionId: string,
  { word, ...until }: Asking,
): Promise<boolean> {
  const { proposal, question } = await desk.show(actionId, word);
  const text = `\n${describeProposal(proposal)}\n\nType "send" to approve this: `;
  const answer = await askAtTerminal(terminal, { text, ...until });
  if (answer.trim().toLowerCase() !== "send") return false;
  await desk.approve(actionId, { ...word, question });
  return true;
}

/** Who sits at the terminal, with the secret where one is set. */
export async function wordAt(terminal: Terminal, desk: OperatorDesk, signal?: AbortSignal): Promise<OperatorWord> {
  if (!desk.needsSecret) return nameOnly();
  const question = { text: "Secret of the operator: ", hidden: true, ...(signal && { signal }) };
  return { ...nameOnly(), secret: await askAtTerminal(terminal, question) };
}

const nameOnly = (): OperatorWord => ({ by: userName() });

/** In many containers the system's list of users has no entry for the number that this runs as. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.());
  }
}
