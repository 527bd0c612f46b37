import { execFile } from "node:child_process";
import { GuardError } from "../errors.js";
import { Redacted } from "../redacted.js";

/** How long a command that prints a secret may take. */
export interface CommandOptions {
  /** In milliseconds; then the command is killed. @defaultValue 10_000 */
  readonly timeoutMs?: number;
  /** Kills the command, and rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** More than any secret has. */
const MOST_BYTES = 65_536;

/**
 * Runs a command that prints a secret: a password manager. No shell: words are split at spaces, quotes hold them
 * together, and nothing else means anything. What it prints is trimmed at the end; what it complains about is not shown,
 * since it may hold the secret.
 *
 * @throws {@link GuardError} `secret_unavailable`
 *
 * @example
 * ```ts
 * import { secretFrom } from "tg-guarded";
 *
 * const hash = await secretFrom("echo 0123456789", { timeoutMs: 5000 }); // pass show telegram/hash
 * console.log(hash); // [redacted]
 * ```
 */
export async function secretFrom(
  command: string,
  { timeoutMs = 10_000, signal }: CommandOptions = {},
): Promise<Redacted<string>> {
  // Loaded here, since a `require` of this package could not: it is an ES module that names no other entrance.
  const { parseArgsStringToArgv } = await import("string-argv");
  const [file = "", ...args] = parseArgsStringToArgv(command);
  if (file === "") throw unavailable("(an empty text)", "was not found");
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const options = {
      timeout: timeoutMs,
      maxBuffer: MOST_BYTES,
      windowsHide: true,
      killSignal: "SIGKILL",
      signal,
    } as const;
    const child = execFile(file, args, options, (error, stdout) => {
      const secret = stdout.replace(/\r?\n$/, "");
      if (signal?.aborted === true) reject(signal.reason as Error);
      else if (error !== null) reject(unavailable(file, whyOf(error, timeoutMs)));
      else if (secret === "") reject(unavailable(file, "printed nothing"));
      else resolve(new Redacted(secret));
    });
    // Who asks for a password here would wait for ever.
    child.stdin?.end();
  });
}

/** The error itself is not passed on: it carries the whole command line and what the command printed. */
function whyOf(error: Error & { readonly code?: unknown; readonly killed?: boolean }, timeoutMs: number): string {
  if (error.code === "ENOENT") return "was not found";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "printed too much for a secret";
  if (error.killed === true) return `did not end within ${timeoutMs / 1000} s`;
  return `ended with code ${String(error.code)}`;
}

const unavailable = (file: string, why: string): GuardError<"secret_unavailable"> =>
  new GuardError("secret_unavailable", `The command ${file} ${why}.`, {
    details: { source: "command" },
    nextStep: "Run it by hand: it must print the secret and nothing else, and end with code 0.",
  });
