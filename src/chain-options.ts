import { definedOnly } from "./defined-only.js";
import type { ChainOptions } from "./guards/default-chain.js";
import type { ParsedOptions } from "./options.js";
import { memoryStore } from "./stores/memory.js";

type Surroundings = Pick<ChainOptions, "store" | "clock" | "events" | "metrics" | "classify">;

/** What the client's options mean for the chain. */
export function chainOptions(
  { limits, guards }: Pick<ParsedOptions, "limits" | "guards">,
  around: Surroundings,
): ChainOptions {
  const {
    mode = "shared",
    readsWithoutStore = false,
    perSecond,
    directMessages,
    joins,
    groupMessages,
    timeZone,
    ...rest
  } = limits;
  const quotas = definedOnly({ directMessages, joins, groupMessages, timeZone });
  return {
    ...around,
    ...rest,
    quotas,
    ...(mode === "off" ? { perSecond: 0, filePartsPerSecond: 0 } : definedOnly({ perSecond })),
    ...(readsWithoutStore ? { readFallback: memoryStore({ clock: around.clock }) } : {}),
    ...(mode === "local" ? { bucketStore: memoryStore({ clock: around.clock }) } : {}),
    ...(guards === undefined ? {} : { guards }),
  };
}
