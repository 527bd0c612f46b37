import { renderUnicodeCompact } from "uqr";
import { askAtTerminal, isGuardError, Redacted, withTerminal, type LoginPrompts, type Question } from "tg-guarded";
import { inWords } from "./code-words.js";
import { plainText } from "../plain-text.js";
import { secretOf } from "./secret-source.js";

/** Where the answers come from; what is not named is asked at the terminal. */
export interface AnswerOptions {
  readonly phone?: string;
  readonly codeCommand?: string;
  readonly codeFd?: string;
  readonly passwordCommand?: string;
  readonly passwordFd?: string;
}

/** Asks the person at the terminal, or whatever was named in his place. What is not said there cannot be asked again. */
export function promptsFor(options: AnswerOptions, signal: AbortSignal): LoginPrompts {
  const ask = (question: Question): Promise<string> =>
    withTerminal((terminal) => askAtTerminal(terminal, { ...question, signal })).catch((error: unknown) => {
      throw isGuardError(error, "approval_needs_terminal") ? new Error(NO_TERMINAL) : error;
    });
  const code = secretOf("code", { ...sourceOf(options.codeCommand, options.codeFd), signal });
  const password = secretOf("password", { ...sourceOf(options.passwordCommand, options.passwordFd), signal });
  return {
    async phone(again) {
      if (options.phone !== undefined && again === undefined) return options.phone;
      if (options.phone !== undefined)
        throw new Error("Telegram knows no such phone number: give it with its country code.");
      const why = again === undefined ? "" : "Telegram knows no such number.\n";
      return ask({ text: `${why}Phone number with its country code: ` });
    },
    async code(about) {
      if (code !== undefined) return (await code()).expose();
      const typed = await ask({ text: inWords(about) });
      return typed.trim().toLowerCase() === "resend" ? { resend: true } : typed;
    },
    async password({ hint, again }) {
      if (password !== undefined) return password();
      const why = again === undefined ? "" : "That password is wrong.\n";
      const help = hint === undefined ? "" : ` (hint: ${plainText(hint)})`;
      return new Redacted(await ask({ text: `${why}Password of two-step verification${help}: `, hidden: true }));
    },
    qr({ url, expiresAt }) {
      const picture = renderUnicodeCompact(url, { border: 2 });
      process.stderr.write(
        `${CLEAR}${picture}\nOn the phone: Settings, Devices, Link Desktop Device. ${untilOf(expiresAt)}\n${url}\n`,
      );
    },
  };
}

const sourceOf = (command: string | undefined, fd: string | undefined) => ({
  ...(command === undefined ? {} : { command }),
  ...(fd === undefined ? {} : { fd }),
});

const NO_TERMINAL =
  "There is no terminal to ask at. Give --phone, --code-command or --code-fd, and --password-command or --password-fd.";

/** On a terminal each picture takes the place of the one before. */
const CLEAR = process.stderr.isTTY ? "\u001B[2J\u001B[H" : "";

const untilOf = (iso: string): string => `A new picture comes at ${new Date(iso).toLocaleTimeString()}.`;
