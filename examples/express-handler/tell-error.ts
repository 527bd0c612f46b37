import type { ErrorRequestHandler } from "express";
import { isGuardError, type ErrorCode } from "tg-guarded";

/** What each code means to an HTTP client. Those that are not here are the server's own trouble: 500. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  input_invalid: 400,
  chat_not_found: 404,
  message_not_found: 404,
  // Somebody has decided, or has to.
  not_allowed: 403,
  read_denied: 403,
  write_denied: 403,
  policy_refused: 403,
  not_a_member: 403,
  confirmation_required: 403,
  confirmation_text_invalid: 403,
  approval_invalid: 403,
  approval_expired: 403,
  approval_rejected: 403,
  // Once more would be once too often, or is somebody else's turn.
  already_done: 409,
  action_in_progress: 409,
  outcome_unknown: 409,
  chat_ambiguous: 409,
  name_moved: 409,
  // Later.
  rate_limited: 429,
  flood_wait: 429,
  quota_exceeded: 429,
  approval_too_early: 429,
  approval_locked: 429,
  // Nobody can do anything now.
  circuit_open: 503,
  connection_lost: 503,
  server_unreachable: 503,
  store_unavailable: 503,
  state_lost: 503,
  timeout: 503,
  client_closed: 503,
};

/** Answers with the code, which programs match, and the next step, which people read. */
export const tellError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent || response.destroyed) {
    next(error);
    return;
  }
  if (!isGuardError(error)) {
    // Express's own errors, such as a body that is no JSON, say their status.
    const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
    if (status === 500) console.error(error);
    response.status(status).json({ code: status === 500 ? "internal_error" : "request_invalid" });
    return;
  }
  const { code, message, nextStep, applied, details } = error;
  if ("retryAfterMs" in details) {
    response.set("Retry-After", String(Math.ceil(details.retryAfterMs / 1000)));
  }
  response.status(STATUS[code] ?? 500).json({ code, message, nextStep, applied });
};
