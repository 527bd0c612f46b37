import { fstatSync, read } from "node:fs";
import { promisify } from "node:util";
import { Redacted, secretFrom } from "tg-guarded";

export type SecretSource = () => Promise<Redacted<string>>;

/** Such a command may wait for a code to come. */
const COMMAND_MS = 120_000;

/** A secret from a command, run anew each time, or from a file descriptor, a line each time. Never from an argument. */
export function secretOf(
  name: string,
  { command, fd, signal }: { readonly command?: string; readonly fd?: string; readonly signal: AbortSignal },
): SecretSource | undefined {
  if (command !== undefined) return () => secretFrom(command, { timeoutMs: COMMAND_MS, signal });
  return fd === undefined ? undefined : linesOf(name, fd, signal);
}

function linesOf(name: string, fd: string, signal: AbortSignal): SecretSource {
  if (!isOpen(fd)) throw new Error(`--${name}-fd ${fd} must be the number of an open file descriptor.`);
  return async () => {
    const line = await untilAborted(readLine(Number(fd)), signal);
    if (line === undefined) throw new Error(`File descriptor ${fd} has no (further) ${name}.`);
    return new Redacted(line);
  };
}

/** Looked at before Telegram sends a code. */
function isOpen(fd: string): boolean {
  try {
    fstatSync(/^\d{1,4}$/.test(fd) ? Number(fd) : -1);
    return true;
  } catch {
    return false;
  }
}

const MOST_BYTES = 4096;
const readInto = promisify(read);

/** Byte by byte: what follows the line may be meant for another question, on the same descriptor. */
async function readLine(fd: number): Promise<string | undefined> {
  const bytes: number[] = [];
  const one = Buffer.alloc(1);
  while (bytes.length < MOST_BYTES) {
    const { bytesRead } = await readInto(fd, one, 0, 1, null);
    const [byte = NEWLINE] = bytesRead === 0 ? [] : one;
    if (byte !== NEWLINE) bytes.push(byte);
    else return bytesRead === 0 && bytes.length === 0 ? undefined : Buffer.from(bytes).toString().replace(/\r$/, "");
  }
  return undefined;
}

const NEWLINE = 10;

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", stop, { once: true });
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}
