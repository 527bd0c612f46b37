import { ActionsApi } from "./actions/actions-api.js";
import { Allowlist } from "./actions/allowlist.js";
import { BatchesApi } from "./actions/batches/batches-api.js";
import { Lifecycle } from "./actions/lifecycle.js";
import type { ActionsPolicy } from "./actions/policy.js";
import { trailIn } from "./audit/desk.js";
import { openAuditTrail } from "./audit/trail.js";
import type { Quota } from "./errors.js";
import type { Events } from "./events.js";
import { quotaLimits } from "./guards/quota.js";
import { fileAccess, type ParsedOptions } from "./options.js";
import type { StateStore } from "./stores/store.js";
import type { Connection } from "./telegram/connect.js";

export interface ActionPorts {
  readonly policy: ActionsPolicy;
  readonly connection: Connection;
  readonly store: StateStore;
  readonly storeId: string;
  readonly events: Events;
  readonly quotaLeft: (quota: Quota) => Promise<number>;
}

/** Everything that writes. */
export function openActions(options: ParsedOptions, ports: ActionPorts): ActionsApi {
  const { connection, policy, store, storeId, events, quotaLeft } = ports;
  const { dataDir, clock, limits } = options;
  const { account } = connection;
  const trail = openAuditTrail({ ...trailIn({ dataDir, store, storeId, account }), ...options.audit });
  const files = fileAccess(options);
  const allowlist = new Allowlist(policy, store, account);
  const shared = { telegram: connection, policy, files, allowlist, account, store, clock, quotaLeft };
  const lifecycle = new Lifecycle({ ...shared, events, trail });
  const batches = new BatchesApi({
    ...shared,
    lifecycle,
    audit: async (entry) => {
      await trail.append(entry);
    },
    quotaLimits: quotaLimits(limits),
  });
  return new ActionsApi(lifecycle, policy, batches, limits.maxGroups);
}
