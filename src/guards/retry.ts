import pRetry from "p-retry";
import type { Call } from "../call.js";
import type { Guard, Next } from "../chain.js";
import { sleep, type Clock } from "../clock.js";
import { asUncertain, isGuardError } from "../errors.js";
import type { Events } from "../events.js";

export interface RetryOptions {
  readonly clock: Clock;
  readonly events: Events;
  /** How many times a call is tried again. @defaultValue 3 */
  readonly attempts?: number;
  /** Added to every wait, doubled each time, in milliseconds. @defaultValue 1000 */
  readonly backoffMs?: number;
}

/**
 * Tries again what may succeed later: after a flood wait, and after passing faults when the call is safe to replay or
 * surely was not applied. Every wait is announced before it begins; one that does not fit the deadline is not begun.
 */
export function retry({ clock, events, attempts = 3, backoffMs = 1000 }: RetryOptions): Guard {
  const waitBefore = async (call: Call, error: unknown, attempt: number): Promise<boolean> => {
    const asked = pauseFor(call, error);
    if (asked === undefined || attempt > attempts) return false;
    const waitMs = asked + backoffMs * 2 ** (attempt - 1);
    if (clock.now() + waitMs > call.deadline) return false;
    events.emit("wait", { method: call.method, reason: "retry", waitMs, text: explain(error, call, waitMs) });
    await sleep(clock, waitMs, call.signal);
    return true;
  };

  return async function retry<T>(call: Call<T>, next: Next): Promise<T> {
    // Beyond the first attempt an earlier run of the same action may have been applied.
    let maybeApplied = call.attempt > 1;
    const judge = (error: unknown): unknown => {
      const judged = maybeApplied ? asUncertain(error) : error;
      maybeApplied ||= isGuardError(error) && error.applied === "unknown";
      return judged;
    };
    const again = async (attempt: number): Promise<T> => {
      try {
        return await next({ ...call, attempt: call.attempt + attempt });
      } catch (error) {
        throw judge(error);
      }
    };
    try {
      return await next(call);
    } catch (first) {
      const judged = judge(first);
      if (!(await waitBefore(call, first, 1))) throw judged;
    }
    return pRetry(again, {
      retries: attempts - 1,
      minTimeout: 0,
      maxTimeout: 0,
      // The signal ends the wait in there; given to p-retry it would also take the answer of an attempt that succeeded.
      shouldRetry: ({ error, attemptNumber }) => waitBefore(call, error, attemptNumber + 1),
    });
  };
}

/** How long to wait before another attempt; `undefined` when there must be none. */
function pauseFor(call: Call, error: unknown): number | undefined {
  if (isGuardError(error, "flood_wait")) return error.details.retryAfterMs;
  if (!isGuardError(error)) return undefined;
  if (call.replay === "unsafe" && error.applied !== "no") return undefined;
  const passing =
    isGuardError(error, "connection_lost") ||
    (isGuardError(error, "server_unreachable") && call.deadline === Infinity) ||
    isGuardError(error, "timeout") ||
    (isGuardError(error, "telegram_error") && error.details.passing);
  return passing ? 0 : undefined;
}

function explain(error: unknown, call: Call, waitMs: number): string {
  if (isGuardError(error, "flood_wait")) {
    return `Telegram asks to wait ${inSeconds(error.details.retryAfterMs)} s for ${call.method}`;
  }
  const why = isGuardError(error) ? error.message : "The request failed";
  return `${why} Trying ${call.method} again in ${inSeconds(waitMs)} s`;
}

const inSeconds = (ms: number): number => Math.ceil(ms / 1000);
