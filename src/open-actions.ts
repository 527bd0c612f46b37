import { ActionsApi } from "./actions/actions-api.js";
import { Lifecycle } from "./actions/lifecycle.js";
import type { ActionsPolicy } from "./actions/policy.js";
import { trailIn } from "./audit/desk.js";
import { openAuditTrail } from "./audit/trail.js";
import type { Quota } from "./errors.js";
import type { Events } from "./events.js";
import { sendable, type ParsedOptions } from "./options.js";
import type { StateStore } from "./stores/store.js";
import type { Connection } from "./telegram/connect.js";

export interface ActionPorts {
  readonly policy: ActionsPolicy;
  readonly connection: Connection;
  readonly store: StateStore;
  readonly events: Events;
  readonly quotaLeft: (quota: Quota) => Promise<number>;
}

/** Everything that writes. */
export function openActions(options: ParsedOptions, ports: ActionPorts): ActionsApi {
  const { connection, policy, store, events, quotaLeft } = ports;
  const { dataDir, clock, limits } = options;
  const { account } = connection;
  const trail = openAuditTrail({ ...trailIn(dataDir, store, account), ...options.audit });
  const files = sendable(options);
  const lifecycle = new Lifecycle({
    telegram: connection,
    policy,
    files,
    account,
    store,
    clock,
    events,
    trail,
    quotaLeft,
  });
  return new ActionsApi(lifecycle, policy, limits.maxGroups);
}
