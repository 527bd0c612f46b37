import type { Call } from "../call.js";
import type { Guard, Next } from "../chain.js";
import type { Clock } from "../clock.js";
import { isGuardError, type ErrorCode } from "../errors.js";
import type { Events } from "../events.js";
import type { Metrics } from "../metrics.js";

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
]);

/** Counts every call and how long it took, and tells of refusals. Never sees a payload. */
export function observe({ clock, events, metrics }: ObserveOptions): Guard {
  return async function observe<T>(call: Call<T>, next: Next): Promise<T> {
    const began = clock.now();
    try {
      const result = await next(call);
      metrics.called(call.method, clock.now() - began, "ok");
      return result;
    } catch (error) {
      const code = isGuardError(error) ? error.code : undefined;
      metrics.called(call.method, clock.now() - began, code ?? "failed");
      if (code !== undefined && REFUSALS.has(code)) events.emit("refused", { method: call.method, code });
      throw error;
    }
  };
}
