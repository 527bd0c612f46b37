import { NEVER_ABORTED, type Call } from "../call.js";
import type { Guard, Next } from "../chain.js";
import { abortReason, type Clock } from "../clock.js";
import { GuardError } from "../errors.js";

export interface TimeoutOptions {
  readonly clock: Clock;
  /** For one attempt, in milliseconds. @defaultValue 30_000 */
  readonly timeoutMs?: number;
}

/** Ends an attempt that gets no answer in time. Whether a write was applied is then unknown. */
export function timeout({ clock, timeoutMs = 30_000 }: TimeoutOptions): Guard {
  return async function timeout<T>(call: Call<T>, next: Next): Promise<T> {
    const limit = Math.min(timeoutMs, call.deadline - clock.now());
    const controller = new AbortController();
    const onAbort = (): void => {
      controller.abort(abortReason(call.signal));
    };
    const cancel = clock.after(limit, () => {
      controller.abort(timedOut(call, limit));
    });
    const canAbort = call.signal !== NEVER_ABORTED;
    if (call.signal.aborted) onAbort();
    if (canAbort) call.signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await heard(next({ ...call, signal: controller.signal }), controller.signal);
    } finally {
      cancel();
      if (canAbort) call.signal.removeEventListener("abort", onAbort);
    }
  };
}

/** Work that does not listen to its signal is left behind. What does listen is given the moment to say what it knows. */
function heard<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject);
    const giveUp = (): void => {
      setImmediate(() => {
        reject(abortReason(signal));
      });
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
}

const timedOut = (call: Call, timeoutMs: number): GuardError<"timeout"> =>
  new GuardError("timeout", `No answer to ${call.method} within ${Math.round(timeoutMs / 1000)} s.`, {
    details: { method: call.method, timeoutMs },
    nextStep: "Try again; if it lasts, check the connection to Telegram.",
    applied: "unknown",
  });
