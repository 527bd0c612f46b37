import { tracingChannel } from "node:diagnostics_channel";
import type { Call, CallKind, Lane } from "../call.js";
import type { Guard, Next } from "../chain.js";
import type { Clock } from "../clock.js";
import { isGuardError, type ErrorCode } from "../errors.js";
import type { Events } from "../events.js";
import type { Metrics } from "../metrics.js";

/** Where calls are counted, and who hears of refusals. */
export interface ObserveOptions {
  readonly clock: Clock;
  readonly events: Events;
  readonly metrics: Metrics;
}

const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  "write_denied",
  "login_denied",
  "method_unknown",
  "claim_mismatch",
  "rate_limited",
  "quota_exceeded",
  "circuit_open",
]);

/** Tracing attaches here (`diagnostics_channel.tracingChannel("tg-guarded:call")`) without our depending on it. */
const tracing = tracingChannel("tg-guarded:call");

/** What a tracer is told of a call. */
export interface TracedCall {
  readonly id: string;
  readonly method: string;
  readonly kind: CallKind;
  readonly lane: Lane;
}

/** Counts every call and how long it took, and tells of refusals. Never sees a payload. */
export function observe({ clock, events, metrics }: ObserveOptions): Guard {
  const count = async <T>(call: Call<T>, next: Next): Promise<T> => {
    const began = clock.now();
    try {
      const result = await next(call);
      metrics.called(clock.now() - began, "ok");
      return result;
    } catch (error) {
      const code = isGuardError(error) ? error.code : undefined;
      metrics.called(clock.now() - began, code ?? "failed");
      if (code !== undefined && REFUSALS.has(code)) events.emit("refused", { method: call.method, code });
      throw error;
    }
  };

  return function observe<T>(call: Call<T>, next: Next): Promise<T> {
    if (!tracing.start.hasSubscribers) return count(call, next);
    const { id, method, kind, lane } = call;
    return tracing.tracePromise(() => count(call, next), { id, method, kind, lane } satisfies TracedCall);
  };
}
