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
    const attempt = new Attempt();
    const onAbort = (): void => {
      attempt.end(abortReason(call.signal));
    };
    const cancel = clock.after(limit, () => {
      attempt.end(timedOut(call, limit));
    });
    const canAbort = call.signal !== NEVER_ABORTED;
    if (call.signal.aborted) onAbort();
    if (canAbort) call.signal.addEventListener("abort", onAbort, { once: true });
    const limited: Call<T> = {
      ...call,
      get signal() {
        return attempt.signal;
      },
    };
    try {
      return await attempt.result(next(limited));
    } finally {
      cancel();
      attempt.forget();
      if (canAbort) call.signal.removeEventListener("abort", onAbort);
    }
  };
}

/** Work that may be ended from outside. */
class Attempt {
  #controller: AbortController | undefined;
  #ended: Error | undefined;
  #giveUp: ((reason: Error) => void) | undefined;

  /** Made for who asks: on Node 20 it costs as much as the rest of the chain, and quick work never looks at it. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#ended !== undefined) this.#controller.abort(this.#ended);
    }
    return this.#controller.signal;
  }

  end(reason: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#controller?.abort(reason);
    // Work that listens is given the moment to say what it knows; what does not listen is left behind.
    setImmediate(() => this.#giveUp?.(reason));
  }

  /** The result is out: nothing here holds on to it, or it would stay until the next full garbage collection. */
  forget(): void {
    this.#giveUp = undefined;
  }

  result<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      work.then(resolve, reject);
    });
  }
}

const timedOut = (call: Call, timeoutMs: number): GuardError<"timeout"> =>
  new GuardError("timeout", `No answer to ${call.method} within ${Math.round(timeoutMs / 1000)} s.`, {
    details: { method: call.method, timeoutMs },
    nextStep: "Try again; if it lasts, check the connection to Telegram.",
    applied: "unknown",
  });
