import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Redacted, secretFrom } from "tg-guarded";

/** Gives the answer; `again` when Telegram did not accept the one before. */
export type SecretSource = (again: boolean) => Promise<Redacted<string>>;

/** A secret from a command, run anew each time, or from a file descriptor, a line each time. Never from an argument. */
export function secretOf(name: string, command: string | undefined, fd: string | undefined): SecretSource | undefined {
  if (command !== undefined) return () => secretFrom(command);
  return fd === undefined ? undefined : linesOf(name, fd);
}

function linesOf(name: string, fd: string): SecretSource {
  if (!/^\d{1,4}$/.test(fd)) throw new Error(`--${name}-fd must be the number of an open file descriptor.`);
  let lines: AsyncIterator<string> | undefined;
  return async () => {
    lines ??= createInterface({ input: createReadStream("", { fd: Number(fd), autoClose: false }) })[
      Symbol.asyncIterator
    ]();
    const next = await lines.next();
    if (next.done === true) throw new Error(`File descriptor ${fd} has no (further) ${name}.`);
    return new Redacted(next.value);
  };
}
