import { plainText } from "./plain-text.js";

interface Explained {
  readonly code: string;
  readonly nextStep: string;
}

/** Errors of this package say what to do next; the sandbox's are of another class than the client's. */
const isExplained = (error: unknown): error is Error & Explained =>
  error instanceof Error && "code" in error && "nextStep" in error && typeof error.nextStep === "string";

/** What a shell takes for Ctrl-C. */
const STOPPED = 130;
/** For what is being closed. */
const CLOSING_MS = 1000;

/** Says what went wrong and what to do, and ends with exit code 1. */
export function fail(error: unknown): void {
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("Stopped.\n");
    process.exitCode = STOPPED;
    // A read that has begun cannot be taken back, and would keep the process.
    setTimeout(() => process.exit(), CLOSING_MS).unref();
    return;
  }
  const lines = isExplained(error)
    ? [`error: ${error.message} [${error.code}]`, `       ${error.nextStep}`]
    : [`error: ${error instanceof Error ? error.message : String(error)}`];
  // A message may name a chat by its title, which anybody may have chosen.
  process.stderr.write(`${lines.map(plainText).join("\n")}\n`);
  process.exitCode = 1;
}
