import type { AuditEntry } from "../../audit/entry.js";
import type { Clock } from "../../clock.js";
import type { Quota } from "../../errors.js";
import type { Lifecycle } from "../lifecycle.js";
import type { OperationContext } from "../operation.js";
import type { BatchStore } from "./batch-store.js";
import type { Excerpts } from "./excerpts.js";

/** What batches work with. */
export interface BatchContext extends OperationContext {
  readonly lifecycle: Pick<Lifecycle, "preview" | "execute">;
  readonly batches: BatchStore;
  readonly excerpts: Excerpts;
  readonly clock: Clock;
  readonly audit: (entry: AuditEntry) => Promise<void>;
  /** How much of a quota is left today. */
  readonly quotaLeft: (quota: Quota) => Promise<number>;
  /** How much of it a day has. */
  readonly quotaLimits: Readonly<Record<Quota, number>>;
}
