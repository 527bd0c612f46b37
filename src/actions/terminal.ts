import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { ReadStream, WriteStream } from "node:tty";
import { Writable } from "node:stream";
import { Mutex } from "async-mutex";
import { NEVER_ABORTED } from "../call.js";
import { abortReason } from "../clock.js";
import { GuardError } from "../errors.js";
import { workInTurn } from "../turn.js";
import { dropTypeAhead } from "./type-ahead.js";

/** Where a person reads and writes. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Drops what was typed before a question was shown; `withTerminal` gives it. */
  readonly dropTyped?: () => void;
}

/**
 * Works with the terminal that controls this process, whatever its stdin and stdout are: a pipe cannot answer in a
 * person's place.
 *
 * @throws {@link GuardError} `approval_needs_terminal`
 *
 * @example
 * ```ts
 * import { askAtTerminal, isGuardError, withTerminal } from "tg-guarded";
 *
 * const question = { text: "Which harbour? " };
 * try {
 *   console.log(await withTerminal((terminal) => askAtTerminal(terminal, question)));
 * } catch (error) {
 *   if (!isGuardError(error, "approval_needs_terminal")) throw error;
 * }
 * ```
 */
export async function withTerminal<T>(work: (terminal: Terminal) => Promise<T>): Promise<T> {
  const [readFrom, writeTo] = openTty();
  const input = new ReadStream(readFrom);
  const output = new WriteStream(writeTo);
  try {
    const dropTyped = (): void => {
      dropTypeAhead(input);
    };
    return await work({ input, output, dropTyped });
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

/** What a person at a terminal is asked. */
export interface Question {
  readonly text: string;
  /** True: what is typed is not shown. */
  readonly hidden?: boolean;
  /** Takes the question back. */
  readonly signal?: AbortSignal;
}

/**
 * One line of a person's, typed after the question was shown; an end of input is an empty one. Ctrl-C is an error: an
 * empty line would be an answer.
 *
 * @example
 * ```ts
 * import { PassThrough } from "node:stream";
 * import { askAtTerminal } from "tg-guarded";
 *
 * const [input, output] = [new PassThrough(), new PassThrough()];
 * input.end("Kastanienhafen\n");
 * console.log(await askAtTerminal({ input, output }, { text: "Which harbour? " }));
 * ```
 */
export const askAtTerminal = (terminal: Terminal, question: Question): Promise<string> =>
  workInTurn(turn, question.signal ?? NEVER_ABORTED, () => askNow(terminal, question));

/** A person reads and answers one question at a time, whatever else the process would ask. */
const turn = new Mutex();

async function askNow({ input, output, dropTyped }: Terminal, question: Question): Promise<string> {
  const { text, hidden = false, signal } = question;
  const last = text.split("\n").at(-1) ?? "";
  output.write(text.slice(0, text.length - last.length));
  dropTyped?.();
  if (hidden) output.write(last);
  const lines = createInterface({ input, output: hidden ? nowhere() : output, terminal: true });
  const given = new AbortController();
  const giveUp = (): void => {
    given.abort();
  };
  if (signal?.aborted === true) giveUp();
  signal?.addEventListener("abort", giveUp);
  try {
    const ended = new Promise<string>((resolve, reject) => {
      lines.once("SIGINT", () => {
        reject(new DOMException("Stopped at the terminal.", "AbortError"));
      });
      lines.once("close", () => {
        resolve("");
      });
    });
    // The editor of the line clears it before it writes its prompt.
    const typed = lines.question(hidden ? "" : last, { signal: given.signal });
    const answer = await Promise.race([typed, ended]);
    if (hidden) output.write("\n");
    return answer;
  } catch (error) {
    // Node tells an abort without its reason.
    throw signal?.aborted === true ? abortReason(signal) : error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
    lines.close();
  }
}

const nowhere = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
