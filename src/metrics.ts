import type { ErrorCode } from "./errors.js";
import type { Events } from "./events.js";

/** Upper bounds of the latency histogram, in seconds; the last bucket has none. */
export const LATENCY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5] as const;

/** Numbers since the client was opened. */
export interface MetricsSnapshot {
  /** Calls that entered the chain. */
  readonly calls: number;
  /** Requests that left on the wire: every attempt counts. */
  readonly requests: number;
  /** The same by method. */
  readonly requestsByMethod: Readonly<Record<string, number>>;
  /** Calls that failed, by error code. */
  readonly failures: Readonly<Record<string, number>>;
  /** Waits of a second and more that the guards announced. */
  readonly throttled: number;
  /** How often Telegram asked to wait. */
  readonly floodWaits: number;
  /** Sum of what was waited, in milliseconds. */
  readonly waitedMs: number;
  /** Requests sent again by the transport because the server surely did not execute them (bad salt, bad msg id). */
  readonly transportResends: number;
  /** Pings to keep the connection alive. */
  readonly pings: number;
  /** Calls that took at most `le` seconds: cumulative, as Prometheus counts. */
  readonly latency: readonly { readonly le: string; readonly count: number }[];
  /** Sum of what all calls took, in milliseconds. */
  readonly latencySumMs: number;
}

/**
 * Numbers about what the guards did. Never a payload.
 *
 * @example
 * ```ts
 * const { requests, requestsByMethod, waitedMs } = client.metrics.snapshot();
 * console.log(requests, requestsByMethod["messages.getHistory"], waitedMs);
 * ```
 */
export class Metrics {
  #calls = 0;
  #requests = 0;
  #throttled = 0;
  #floodWaits = 0;
  #waitedMs = 0;
  #transportResends = 0;
  #pings = 0;
  readonly #byMethod = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  #latencySumMs = 0;
  readonly #latency = new Array<number>(LATENCY_BUCKETS.length + 1).fill(0);

  constructor(events: Events) {
    events.on("wait", ({ waitMs }) => {
      this.#throttled++;
      this.#waitedMs += waitMs;
    });
    events.on("flood", () => {
      this.#floodWaits++;
    });
  }

  /**
   * Counts a call that has ended, how long it took in milliseconds, and what it ended with.
   *
   * @example
   * ```ts
   * import { Events, Metrics } from "tg-guarded";
   *
   * const metrics = new Metrics(new Events());
   * metrics.called(40, "ok");
   * metrics.called(30_000, "timeout");
   * console.log(metrics.snapshot().failures); // { timeout: 1 }
   * ```
   */
  called(tookMs: number, outcome: ErrorCode | "ok" | "failed"): void {
    this.#calls++;
    this.#latencySumMs += tookMs;
    if (outcome !== "ok") increment(this.#failures, outcome);
    const bucket = LATENCY_BUCKETS.findIndex((bound) => tookMs <= bound * 1000);
    const index = bucket === -1 ? LATENCY_BUCKETS.length : bucket;
    this.#latency[index] = (this.#latency[index] ?? 0) + 1;
  }

  /** Counts a request that left. */
  sent(method: string): void {
    this.#requests++;
    increment(this.#byMethod, method);
  }

  /** Counts a request that the transport sent again. */
  resent(): void {
    this.#transportResends++;
  }

  /** Counts a ping. */
  pinged(): void {
    this.#pings++;
  }

  /**
   * The numbers in Prometheus' text format, for an endpoint that is scraped.
   *
   * @example
   * ```ts
   * console.log(await client.metrics.prometheus());
   * ```
   */
  async prometheus(): Promise<string> {
    const { prometheusText } = await import("./prometheus.js");
    return prometheusText(this.snapshot());
  }

  /**
   * The numbers at this moment.
   *
   * @example
   * ```ts
   * const { calls, failures, latency } = client.metrics.snapshot();
   * ```
   */
  snapshot(): MetricsSnapshot {
    return {
      calls: this.#calls,
      requests: this.#requests,
      requestsByMethod: Object.fromEntries(this.#byMethod),
      failures: Object.fromEntries(this.#failures),
      throttled: this.#throttled,
      floodWaits: this.#floodWaits,
      waitedMs: this.#waitedMs,
      transportResends: this.#transportResends,
      pings: this.#pings,
      latency: cumulative(this.#latency),
      latencySumMs: this.#latencySumMs,
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function cumulative(counts: readonly number[]): MetricsSnapshot["latency"] {
  let sum = 0;
  return counts.map((count, index) => ({ le: String(LATENCY_BUCKETS[index] ?? "+Inf"), count: (sum += count) }));
}
