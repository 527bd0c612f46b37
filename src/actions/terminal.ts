import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { ReadStream, WriteStream } from "node:tty";
import { Writable } from "node:stream";
import { GuardError } from "../errors.js";

/** Where a person reads and writes. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Works with the terminal that controls this process, whatever its stdin and stdout are: a pipe cannot answer in a
 * person's place.
 *
 * @throws {@link GuardError} `approval_needs_terminal`
 */
export async function withTerminal<T>(work: (terminal: Terminal) => Promise<T>): Promise<T> {
  const [readFrom, writeTo] = openTty();
  const input = new ReadStream(readFrom);
  const output = new WriteStream(writeTo);
  try {
    return await work({ input, output });
  } finally {
    input.destroy();
    output.destroy();
  }
}

/** Two handles: each stream closes its own. */
function openTty(): [number, number] {
  let readFrom: number | undefined;
  try {
    readFrom = openSync("/dev/tty", "r");
    return [readFrom, openSync("/dev/tty", "w")];
  } catch (cause) {
    if (readFrom !== undefined) closeSync(readFrom);
    throw new GuardError("approval_needs_terminal", "There is no terminal at which a person could be asked.", {
      details: {},
      nextStep: "Start the program in a terminal, or use approvers.operator(), which asks elsewhere.",
      cause,
    });
  }
}

export interface Question {
  readonly text: string;
  /** True: what is typed is not shown. */
  readonly hidden?: boolean;
  readonly signal?: AbortSignal;
}

/** One line of a person's; an end of input is an empty one. Ctrl-C is an error: an empty line would be an answer. */
export async function askAtTerminal(
  { input, output }: Terminal,
  { text, hidden = false, signal }: Question,
): Promise<string> {
  const echo = hidden
    ? new Writable({
        write: (_chunk, _encoding, done) => {
          done();
        },
      })
    : output;
  const lines = createInterface({ input, output: echo, terminal: true });
  try {
    // The editor of the line clears it before it writes its prompt.
    const prompt = hidden ? "" : (text.split("\n").at(-1) ?? "");
    output.write(text.slice(0, text.length - prompt.length));
    const ended = new Promise<string>((resolve, reject) => {
      lines.once("SIGINT", () => {
        reject(new DOMException("Stopped at the terminal.", "AbortError"));
      });
      lines.once("close", () => {
        resolve("");
      });
    });
    const answer = await Promise.race([lines.question(prompt, signal === undefined ? {} : { signal }), ended]);
    if (hidden) output.write("\n");
    return answer;
  } finally {
    lines.close();
  }
}
