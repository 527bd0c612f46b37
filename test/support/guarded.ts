import { memoryStore, type StateStore } from "tg-guarded";
import { manualClock, type ManualClock } from "tg-guarded/testing";
import type { Call, CallInit, MethodClass } from "../../src/call.js";
import { compose, type Next } from "../../src/chain.js";
import { issueClaim } from "../../src/claim.js";
import { GuardError, type Applied } from "../../src/errors.js";
import { defaultChain, type ChainOptions } from "../../src/guards/default-chain.js";
import { Metrics } from "../../src/metrics.js";
import { callOf, listening, requestOf, transportOf, type Heard } from "./calls.js";

/** When something left, since the beginning, and its method. */
export type Sent = readonly [atMs: number, method: string];

export interface Guarded {
  readonly clock: ManualClock;
  readonly store: StateStore;
  readonly sent: Sent[];
  readonly heard: Heard[];
  /** One more process on the same store; `heard` hears them all. */
  readonly process: (options?: Partial<ChainOptions>) => Next;
}

const classOf = (method: string): MethodClass => (/\.(get|search|resolve)/.test(method) ? "read" : "write");

/** Whole default chains on one store and one manual clock, over a transport that answers as told. */
export function guarded(answer: (call: Call, nth: number) => unknown = () => "answer"): Guarded {
  const clock = manualClock();
  const began = clock.now();
  const store = memoryStore({ clock });
  const sent: Sent[] = [];
  const heard: Heard[] = [];
  const transport = transportOf((call) => {
    sent.push([clock.now() - began, call.method]);
    return answer(call, sent.length);
  });
  return {
    clock,
    store,
    sent,
    heard,
    process(options = {}) {
      const { events } = listening(heard);
      const metrics = new Metrics(events);
      return compose(defaultChain({ store, clock, events, metrics, classify: classOf, ...options }), transport);
    },
  };
}

let writes = 0;

/** An approved write. Each is an action of its own unless it names a reservation. */
export function writeOf(init: Partial<CallInit<string>> & { readonly reservation?: string } = {}): Call<string> {
  const { reservation = `action-${++writes}:1:0`, ...rest } = init;
  const request = requestOf("send");
  return callOf({
    method: "messages.sendMessage",
    kind: "write",
    replay: "safe",
    request,
    claim: issueClaim("action", reservation, request),
    ...rest,
  });
}

/** An error of Telegram's by its name. */
export const telegramError = (name: string, applied: Applied = "no"): GuardError =>
  new GuardError("telegram_error", `Telegram refused: ${name}.`, {
    details: { method: "messages.sendMessage", name, status: 400, passing: false },
    nextStep: "Do not.",
    applied,
  });

export const sessionDead = (name: string): GuardError =>
  new GuardError("session_dead", `The session is dead: ${name}.`, { details: { name }, nextStep: "Log in." });
