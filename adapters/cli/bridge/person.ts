import { closeSync, openSync } from "node:fs";
import { askAtTerminal, withTerminal } from "tg-guarded";
import { plainText } from "../plain-text.js";

/** Somebody who sits at the terminal of this process; a pipe can answer none of this. */
export interface Person {
  /** Shows a text and asks for the word that means yes. */
  readonly agrees: (text: string, signal: AbortSignal) => Promise<boolean>;
  /** Asks for a line, which is not shown. */
  readonly says: (what: string, signal: AbortSignal) => Promise<string>;
}

/** The person who reads what this command writes; `undefined` where a program reads it, or there is no terminal. */
export function personHere(): Person | undefined {
  return process.stderr.isTTY && hasTerminal() ? { agrees, says } : undefined;
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r+"));
    return true;
  } catch {
    return false;
  }
}

/** A word rather than a key: nobody types it by habit. */
const WORD = "send";

async function agrees(text: string, signal: AbortSignal): Promise<boolean> {
  const lines = text.split("\n").map(plainText).join("\n");
  const question = `\n${lines}\n\nType "${WORD}" to carry this out, anything else to leave it: `;
  const answer = await withTerminal((terminal) => askAtTerminal(terminal, { text: question, signal }));
  return answer.trim().toLowerCase() === WORD;
}

const says = (what: string, signal: AbortSignal): Promise<string> =>
  withTerminal((terminal) => askAtTerminal(terminal, { text: `${what}: `, hidden: true, signal }));
