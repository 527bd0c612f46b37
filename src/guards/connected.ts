import type { Call } from "../call.js";
import type { Guard, Next } from "../chain.js";
import type { Clock } from "../clock.js";
import { GuardError } from "../errors.js";

/** What requests leave by. */
export interface Connectable {
  /** Whether requests can leave now. */
  readonly isUp: boolean;
  /** Ends once it is up; fails as a connection does. */
  ready(signal: AbortSignal): Promise<unknown>;
}

export interface ConnectedOptions {
  readonly clock: Clock;
  /** Without it nothing has to be there before a call is admitted. */
  readonly connection?: Connectable;
  /** For one attempt, in milliseconds. @defaultValue 30_000 */
  readonly timeoutMs?: number;
}

/**
 * Waits for the connection before a slot is taken. A slot that is taken first is used late, together with those of other
 * processes that start at the same moment, and then more leave in a second than may.
 */
export function connected(options: ConnectedOptions): Guard {
  return async function connected<T>(call: Call<T>, next: Next): Promise<T> {
    await whenConnected(options, call);
    return next(call);
  };
}

/** Ends once requests can leave. */
export async function whenConnected(
  { connection, clock, timeoutMs = 30_000 }: ConnectedOptions,
  call: Call,
): Promise<void> {
  if (connection?.isUp !== false) return;
  const limitMs = Math.min(timeoutMs, call.deadline - clock.now());
  const limit = new AbortController();
  const cancel = clock.after(limitMs, () => {
    limit.abort(tooSlow(call, limitMs));
  });
  try {
    await connection.ready(AbortSignal.any([call.signal, limit.signal]));
  } finally {
    cancel();
  }
}

const tooSlow = (call: Call, timeoutMs: number): GuardError<"timeout"> =>
  new GuardError("timeout", `No connection for ${call.method} within ${Math.round(timeoutMs / 1000)} s.`, {
    details: { method: call.method, timeoutMs },
    nextStep: "Try again; if it lasts, check the connection to Telegram.",
  });
