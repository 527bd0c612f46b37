import type { Guard } from "../chain.js";
import type { Clock } from "../clock.js";
import type { Events } from "../events.js";
import type { Metrics } from "../metrics.js";
import type { StateStore } from "../stores/store.js";
import { admission } from "./admission.js";
import { observe } from "./observe.js";
import { retry } from "./retry.js";
import { timeout } from "./timeout.js";
import { writeGuard, type WriteGuardOptions } from "./write-guard.js";

export interface ChainOptions extends WriteGuardOptions {
  readonly store: StateStore;
  readonly clock: Clock;
  readonly events: Events;
  readonly metrics: Metrics;
  readonly perSecond?: number;
  readonly burst?: number;
  readonly retryAttempts?: number;
  readonly timeoutMs?: number;
}

/** The guards in their order, outermost first. */
export function defaultChain(options: ChainOptions): readonly Guard[] {
  const { retryAttempts, ...shared } = options;
  return [
    observe(shared),
    writeGuard(shared),
    retry({ ...shared, ...(retryAttempts === undefined ? {} : { attempts: retryAttempts }) }),
    admission(shared),
    timeout(shared),
  ];
}
