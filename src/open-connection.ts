import { chainOptions } from "./chain-options.js";
import type { Events } from "./events.js";
import { defaultChain, type ChainOptions } from "./guards/default-chain.js";
import { moveAdmission } from "./guards/move-admission.js";
import type { Metrics } from "./metrics.js";
import { proxyOf, type ParsedOptions } from "./options.js";
import { ReadScope } from "./read/scope.js";
import type { OpenSession } from "./session/open-session.js";
import type { StateStore } from "./stores/store.js";
import type { Connection } from "./telegram/connect.js";
import { classOf } from "./telegram/method-table.js";

interface Surroundings {
  readonly session: OpenSession;
  readonly store: StateStore;
  readonly events: Events;
  readonly metrics: Metrics;
}

/** A connection is never without the whole chain before it: this is the one place that makes them. */
export async function openConnection(
  options: ParsedOptions,
  { session, ...around }: Surroundings,
): Promise<{ readonly connection: Connection; readonly chain: ChainOptions }> {
  const { apiId, clock, device, read, receiveUpdates, server } = options;
  const chain = chainOptions(options, { ...around, clock, classify: classOf });
  const { Connection } = await import("./telegram/connect.js");
  const connection = await Connection.open({
    ...around,
    ...{ clock, receiveUpdates, server },
    session: session.key.expose(),
    application: { apiId, ...device },
    proxy: proxyOf(options),
    scope: read.allow && new ReadScope(read.allow, clock),
    guards: (connection) => defaultChain({ ...chain, connection }),
    onIdentified: (from, to) => moveAdmission(chain, from, to),
  });
  return { connection, chain };
}
