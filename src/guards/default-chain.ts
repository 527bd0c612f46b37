import type { Guard } from "../chain.js";
import { admission, type AdmissionOptions } from "./admission.js";
import { connected, type ConnectedOptions } from "./connected.js";
import { observe, type ObserveOptions } from "./observe.js";
import { quota, type QuotaOptions } from "./quota.js";
import { retry } from "./retry.js";
import { timeout } from "./timeout.js";
import { writeGuard, type WriteGuardOptions } from "./write-guard.js";

/** What {@link defaultChain} is made of: the options of its guards. */
export interface ChainOptions extends AdmissionOptions, ConnectedOptions, ObserveOptions, WriteGuardOptions {
  readonly quotas?: QuotaOptions;
  /** How many times a call is tried again. @defaultValue 3 */
  readonly retryAttempts?: number;
  /** For one attempt, in milliseconds. @defaultValue 30_000 */
  readonly timeoutMs?: number;
  /** Guards of the application, in the two places where they may stand. */
  readonly guards?: UserGuards;
}

/** Guards of the application. */
export interface UserGuards {
  /** Around the whole call, inside the write guard: once for each call. */
  readonly around?: readonly Guard[];
  /** Inside the retries and the admission: once for each attempt. */
  readonly perAttempt?: readonly Guard[];
}

/**
 * The guards in their order, outermost first.
 *
 * @example
 * ```ts
 * import { compose, defaultChain, Events, memoryStore, Metrics, systemClock } from "tg-guarded";
 *
 * const events = new Events();
 * const metrics = new Metrics(events);
 * const options = { store: memoryStore(), clock: systemClock, events, metrics, classify: () => "read" as const };
 * const guarded = compose(defaultChain(options), (call) => Promise.resolve(call.request.__response));
 * ```
 */
export function defaultChain({ retryAttempts: attempts, guards = {}, ...options }: ChainOptions): readonly Guard[] {
  return [
    observe(options),
    writeGuard(options),
    ...(guards.around ?? []),
    quota(options),
    retry({ ...options, ...(attempts === undefined ? {} : { attempts }) }),
    connected(options),
    admission(options),
    ...(guards.perAttempt ?? []),
    timeout(options),
  ];
}
