import { createCall, type Call, type CallInit, type Request } from "../../src/call.js";
import type { Next } from "../../src/chain.js";
import { GuardError, type FloodScope } from "../../src/errors.js";
import { Events, type EventName, type GuardEvents } from "../../src/events.js";

/** A request that is nothing but its bytes. */
export const requestOf = (text: string): Request<string> => ({
  className: "Request",
  __response: "",
  getBytes: () => Buffer.from(text),
});

/** A read of an account, unless told otherwise. */
export const callOf = (init: Partial<CallInit<string>> = {}): Call<string> =>
  createCall({ account: "1", method: "messages.getHistory", request: requestOf("request"), ...init });

/** A transport that answers as the function says: with what it returns, or by throwing what it throws. */
export const transportOf =
  (answer: (call: Call) => unknown): Next =>
  async <T>(call: Call<T>): Promise<T> =>
    (await answer(call)) as T;

/** One answer after the other; errors are thrown. The last one is repeated. */
export function script(...answers: readonly unknown[]): Next & { readonly calls: Call[] } {
  const calls: Call[] = [];
  const next = transportOf((call) => {
    const answer = answers[Math.min(calls.length, answers.length - 1)];
    calls.push(call);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return Object.assign(next, { calls });
}

export interface Heard {
  readonly name: EventName;
  readonly event: GuardEvents[EventName];
}

/** Everything that is told, in order. */
export function listening(heard: Heard[] = []): { readonly events: Events; readonly heard: Heard[] } {
  const events = new Events();
  for (const name of ["wait", "flood", "refused", "circuit", "connection"] as const) {
    events.on(name, (event) => {
      heard.push({ name, event });
    });
  }
  return { events, heard };
}

export const floodWait = (seconds: number, scope: FloodScope = "method", method = "messages.getHistory"): GuardError =>
  new GuardError("flood_wait", `Telegram asks to wait ${seconds} s.`, {
    details: {
      method,
      name: `${scope === "chat" ? "SLOWMODE" : "FLOOD"}_WAIT_${seconds}`,
      scope,
      retryAfterMs: seconds * 1000,
    },
    nextStep: "Wait.",
  });

export const connectionLost = (applied: "no" | "unknown"): GuardError =>
  new GuardError("connection_lost", "The connection broke.", {
    details: { method: "messages.getHistory" },
    nextStep: "Call again.",
    applied,
  });

export const refusal = (name: string): GuardError =>
  new GuardError("telegram_error", `Telegram refused: ${name}.`, {
    details: { method: "messages.getHistory", name, status: 400, passing: false },
    nextStep: "Do not.",
  });

/** What a promise came to, without waiting for it. */
export function outcomeOf<T>(promise: Promise<T>): {
  readonly state: () => "pending" | "done" | "failed";
  readonly error: () => unknown;
} {
  let state: "pending" | "done" | "failed" = "pending";
  let thrown: unknown;
  promise.then(
    () => {
      state = "done";
    },
    (error: unknown) => {
      state = "failed";
      thrown = error;
    },
  );
  return { state: () => state, error: () => thrown };
}
