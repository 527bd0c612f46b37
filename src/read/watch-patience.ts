import { isGuardError } from "../errors.js";

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** How long to wait until watching may go on after an error; `undefined` when waiting does not help. */
export function patienceFor(error: unknown, failures: number): number | undefined {
  const backoff = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  if (isGuardError(error, "flood_wait") || isGuardError(error, "rate_limited")) return error.details.retryAfterMs + 1;
  if (isGuardError(error, "circuit_open")) return error.details.retryAfterMs;
  const isPassing =
    isGuardError(error, "connection_lost") ||
    isGuardError(error, "server_unreachable") ||
    isGuardError(error, "timeout") ||
    (isGuardError(error, "telegram_error") && error.details.passing);
  return isPassing ? backoff : undefined;
}
