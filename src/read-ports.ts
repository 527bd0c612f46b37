import { definedOnly } from "./defined-only.js";
import type { Quota } from "./errors.js";
import { sharedRate, type BudgetOptions } from "./guards/budgets.js";
import type { Health } from "./guards/health.js";
import { quotaLimits, type QuotaOptions } from "./guards/quota.js";
import type { Metrics } from "./metrics.js";
import type { QuotaUsage, ReadPorts, SessionInfo, Stats } from "./read/status.js";
import type { SessionSource } from "./session/session-place.js";

interface Sources {
  readonly session: SessionSource;
  readonly limits: QuotaOptions;
  readonly budget: BudgetOptions;
  readonly metrics: Metrics;
  readonly quotaLeft: (quota: Quota) => Promise<number>;
  readonly health: () => Promise<Health>;
}

/** What the readings tell of the client itself. */
export function readPorts({ session: source, limits, budget, metrics, quotaLeft, health }: Sources): ReadPorts {
  const session = sessionInfo(source);
  return {
    session,
    stats: async (): Promise<Stats> => ({
      quotas: await quotasUsed(limits, quotaLeft),
      ...definedOnly({ budget: sharedRate(budget) }),
      health: await health(),
      metrics: metrics.snapshot(),
      session,
    }),
  };
}

async function quotasUsed(options: QuotaOptions, quotaLeft: Sources["quotaLeft"]): Promise<Stats["quotas"]> {
  const limits = quotaLimits(options);
  const usage = async (quota: Quota): Promise<QuotaUsage> => {
    const [limit, left] = [limits[quota], await quotaLeft(quota)];
    return { used: Math.max(0, limit - left), limit, left };
  };
  return { dm: await usage("dm"), join: await usage("join"), group_msg: await usage("group_msg") };
}

function sessionInfo(source: SessionSource): SessionInfo {
  if (typeof source === "string") return { name: source };
  return "path" in source ? { path: source.path } : {};
}
