import type { Health, MetricsSnapshot, Stats } from "tg-guarded";
import { z } from "zod";
import type { ServerContext } from "../context.js";
import { defined } from "../defined.js";
import { sessionName } from "../session-name.js";
import { tool } from "../tool.js";

const usage = z.object({ used: z.int(), limit: z.int(), left: z.int() });
const code = z.string().regex(/^\w{1,80}$/);
const method = z.string().regex(/^[\w.]{1,100}$/);

const output = z.object({
  quotas: z.object({ dm: usage, group_msg: usage, join: usage }).describe("By the day, of all who use the account."),
  budget: z.object({ per_second: z.number(), burst: z.number() }).optional(),
  health: z.object({
    status: z.enum(["healthy", "throttled", "limited", "frozen", "dead"]),
    allows_reads: z.boolean(),
    allows_writes: z.boolean(),
    writes_stopped: z.boolean().describe("A person has stopped all writes, until a person lets them pass again."),
    reason: z.enum(["long_flood", "many_floods", "peer_flood", "frozen", "dead", "stopped"]).optional(),
    telegram_error: code.optional(),
    retry_after_ms: z.number().optional(),
    holds: z.array(
      z.object({ scope: z.string().regex(/^[\w.@:-]{1,120}$/), telegram_error: code, for_ms: z.number() }),
    ),
  }),
  metrics: z
    .object({
      calls: z.int(),
      requests: z.int(),
      requests_by_method: z.array(z.object({ method, count: z.int() })),
      failures: z.array(z.object({ code, count: z.int() })),
      throttled: z.int(),
      flood_waits: z.int(),
      waited_ms: z.number(),
      transport_resends: z.int(),
      pings: z.int(),
      latency: z.array(z.object({ le_sec: z.string().regex(/^[\d.]+$|^\+Inf$/), count: z.int() })),
      latency_sum_ms: z.number(),
    })
    .describe("What this server did."),
  session_name: sessionName.optional(),
});

export const getStats = tool({
  name: "tg_get_stats",
  title: "Limits and counters",
  description: "The day's quotas, the budget of requests, how the account is, and what this server did. Sends nothing.",
  input: z.strictObject({}),
  output,
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
  run: async ({ client }: ServerContext) => show(await (await client()).read.stats()),
});

const show = ({ quotas, budget, health, metrics, session }: Stats): z.input<typeof output> =>
  defined({
    quotas: { dm: { ...quotas.dm }, group_msg: { ...quotas.group_msg }, join: { ...quotas.join } },
    budget: budget && { per_second: budget.perSecond, burst: budget.burst },
    health: showHealth(health),
    metrics: showMetrics(metrics),
    session_name: session.name,
  });

const showHealth = ({ status, allows, stopped, reason, name, retryAfterMs, holds }: Health) =>
  defined({
    status,
    allows_reads: allows.reads,
    allows_writes: allows.writes,
    writes_stopped: stopped,
    reason,
    telegram_error: name,
    retry_after_ms: retryAfterMs,
    holds: holds.map(({ scope, name, forMs }) => ({ scope, telegram_error: name, for_ms: forMs })),
  });

const showMetrics = (metrics: MetricsSnapshot) => ({
  calls: metrics.calls,
  requests: metrics.requests,
  requests_by_method: Object.entries(metrics.requestsByMethod).map(([method, count]) => ({ method, count })),
  failures: Object.entries(metrics.failures).map(([code, count]) => ({ code, count })),
  throttled: metrics.throttled,
  flood_waits: metrics.floodWaits,
  waited_ms: metrics.waitedMs,
  transport_resends: metrics.transportResends,
  pings: metrics.pings,
  latency: metrics.latency.map(({ le, count }) => ({ le_sec: le, count })),
  latency_sum_ms: metrics.latencySumMs,
});
