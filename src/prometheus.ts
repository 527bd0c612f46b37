import { Counter, Registry } from "prom-client";
import type { MetricsSnapshot } from "./metrics.js";

/**
 * The numbers as Prometheus reads them. The latency comes as the three series that make a histogram, so that
 * `histogram_quantile` works on them; its counts are kept here and not in the library, which is loaded only for this.
 */
export function prometheusText(snapshot: MetricsSnapshot): Promise<string> {
  const registry = new Registry();
  const counter = (name: string, help: string, value: number): void => {
    new Counter({ name: `tg_guarded_${name}`, help, registers: [registry] }).inc(value);
  };
  const labelled = (name: string, help: string, label: string, values: Readonly<Record<string, number>>): void => {
    const made = new Counter({ name: `tg_guarded_${name}`, help, labelNames: [label], registers: [registry] });
    for (const [key, value] of Object.entries(values)) made.inc({ [label]: key }, value);
  };
  labelled("requests_total", "Requests that left on the wire", "method", snapshot.requestsByMethod);
  labelled("failures_total", "Calls that failed, by error code", "code", snapshot.failures);
  counter("throttled_total", "Waits that the guards announced", snapshot.throttled);
  counter("flood_waits_total", "Waits that Telegram asked for", snapshot.floodWaits);
  counter("waited_seconds_total", "What was waited in all, in seconds", snapshot.waitedMs / 1000);
  counter("transport_resends_total", "Requests sent again after a bad salt or message id", snapshot.transportResends);
  counter("pings_total", "Pings to keep the connection alive", snapshot.pings);
  const buckets = Object.fromEntries(snapshot.latency.map(({ le, count }) => [le, count]));
  labelled("call_seconds_bucket", "Calls that took at most le seconds, waits included", "le", buckets);
  counter("call_seconds_sum", "What all calls took, in seconds", snapshot.latencySumMs / 1000);
  counter("call_seconds_count", "Calls that entered the chain", snapshot.calls);
  return registry.metrics();
}
