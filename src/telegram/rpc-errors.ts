import type { Call } from "../call.js";
import { GuardError, isGuardError, type Applied, type FloodScope } from "../errors.js";
import { AbandonedUnsent, ConnectionBroken, KeyUnknown, RpcFailure } from "./failures.js";

/** Waits that Telegram asks for: the name says how many seconds (core.telegram.org/api/errors#420-flood). */
const WAIT = /^(FLOOD_WAIT|FLOOD_PREMIUM_WAIT|SLOWMODE_WAIT|TAKEOUT_INIT_DELAY|2FA_CONFIRM_WAIT)_(\d+)$/;
const SCOPES: Readonly<Record<string, FloodScope>> = { SLOWMODE_WAIT: "chat", TAKEOUT_INIT_DELAY: "takeout" };

/** The session is of no more use. */
const DEAD: ReadonlySet<string> = new Set([
  "AUTH_KEY_UNREGISTERED",
  "AUTH_KEY_INVALID",
  "AUTH_KEY_DUPLICATED",
  "SESSION_REVOKED",
  "SESSION_EXPIRED",
  "USER_DEACTIVATED",
  "USER_DEACTIVATED_BAN",
]);

/** Telegram stumbled; the same request may succeed in a moment. Whether it was carried out is not known. */
const PASSING =
  /^(RPC_CALL_FAIL|RPC_MCGET_FAIL|INTERDC_\d+_CALL(_RICH)?_ERROR|Timeout|TIMEOUT|INTERNAL.*|.*_RANDOM_FAIL)$/;

/** Telegram has forgotten who asks, or never heard it. The next attempt says it again (core.telegram.org/api/invoking). */
export const UNGREETED: ReadonlySet<string> = new Set(["CONNECTION_NOT_INITED", "CONNECTION_LAYER_INVALID"]);

const EXPLANATIONS: Readonly<Record<string, readonly [message: string, nextStep: string]>> = {
  PEER_FLOOD: [
    "Telegram limits this account for spam.",
    "Stop writing to people you have no chat with, and ask @SpamBot how long the limit lasts.",
  ],
  CHAT_WRITE_FORBIDDEN: ["This account may not write there.", "Ask an administrator of the chat for the right."],
  CHANNEL_PRIVATE: ["The chat is private and this account is not in it.", "Join it with this account first."],
  CHAT_ADMIN_REQUIRED: ["Only administrators of that chat may do this.", "Ask an administrator to do it."],
  PEER_ID_INVALID: ["Telegram does not know that peer for this account.", "Resolve the chat again by its @name."],
  USER_PRIVACY_RESTRICTED: ["That person's privacy settings do not allow it.", "Send an invite link instead."],
  MESSAGE_TOO_LONG: ["The text is too long for one message.", "Send at most 4096 characters."],
  SANDBOX_NOT_IMPLEMENTED: ["The sandbox does not serve this method.", "Use another method; the real server has it."],
};

/** Turns whatever the wire brought into an error of ours, with what is known of its effect. */
export function explainFailure(call: Call, error: unknown): unknown {
  const { method } = call;
  if (error instanceof RpcFailure) return explainRpc(method, error);
  if (error instanceof KeyUnknown) return sessionDead("AUTH_KEY_UNREGISTERED", error);
  if (error instanceof ConnectionBroken) {
    const applied = error.sent ? "unknown" : "no";
    return error.onPurpose ? clientClosed(applied, error) : connectionLost(method, applied, error);
  }
  if (error instanceof AbandonedUnsent) return unsent(error);
  return error;
}

/** A timeout that struck before the request was sent applied nothing. */
function unsent({ reason }: AbandonedUnsent): Error {
  if (!isGuardError(reason, "timeout")) return reason;
  const { message, details, nextStep } = reason;
  return new GuardError("timeout", message, { details, nextStep, cause: reason });
}

function explainRpc(method: string, failure: RpcFailure): GuardError {
  const { message: name, status } = failure;
  const wait = WAIT.exec(name);
  if (wait !== null) return floodWait(method, name, SCOPES[wait[1] ?? ""] ?? "method", Number(wait[2]), failure);
  if (DEAD.has(name)) return sessionDead(name, failure);
  const passing = PASSING.test(name) || UNGREETED.has(name) || status === 500 || status < 0;
  const [message, nextStep] = EXPLANATIONS[name] ?? [
    `Telegram refused ${method}: ${name}.`,
    passing ? "Try again in a moment." : "See core.telegram.org/method/" + method + " for what this error means.",
  ];
  return new GuardError("telegram_error", message, {
    details: { method, name, status, passing: passing && name !== "RANDOM_ID_DUPLICATE" },
    nextStep,
    applied: appliedBy(name, passing),
    cause: failure,
  });
}

function appliedBy(name: string, passing: boolean): Applied {
  if (UNGREETED.has(name)) return "no";
  if (name === "RANDOM_ID_DUPLICATE") return "yes";
  return passing ? "unknown" : "no";
}

const floodWait = (method: string, name: string, scope: FloodScope, seconds: number, cause: Error): GuardError =>
  new GuardError("flood_wait", `Telegram asks to wait ${seconds} s for ${method} (${name}).`, {
    details: { method, name, scope, retryAfterMs: seconds * 1000 },
    nextStep: "Wait that long. Repeating sooner makes the next wait longer.",
    cause,
  });

export const sessionDead = (name: string, cause?: Error): GuardError =>
  new GuardError("session_dead", `Telegram does not accept this session: ${name}.`, {
    details: { name },
    nextStep: "Log in again to get a new session.",
    cause,
  });

const connectionLost = (method: string, applied: Applied, cause: Error): GuardError =>
  new GuardError("connection_lost", `The connection broke during ${method}.`, {
    details: { method },
    nextStep: "Call again; the client reconnects by itself.",
    applied,
    cause,
  });

export const clientClosed = (applied: Applied, cause?: Error): GuardError =>
  new GuardError("client_closed", "The client is closed.", {
    details: {},
    nextStep: "Open a new client.",
    applied,
    ...(cause === undefined ? {} : { cause }),
  });
