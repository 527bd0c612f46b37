import { AuditDesk } from "../audit/desk.js";
import { readAudit } from "../env/read-env.js";
import type { Env } from "../env/values.js";
import type { StateStore } from "../stores/store.js";
import { fault, note, ok, type Finding } from "./finding.js";

/** Whether the trail of what was decided and done is whole. */
export async function examineAudit(env: Env, dataDir: string, store: StateStore): Promise<readonly Finding[]> {
  // The desk is not closed: the store is not its own.
  const desk = new AuditDesk({ store, dataDir, ...readAudit(env) });
  const reports = await desk.verify();
  if (reports.length === 0) return [note("audit", "There is no audit trail yet: nothing was ever decided.")];
  return reports.map(({ path, ok: isWhole, isOtherStores, count, problems }) => {
    if (isOtherStores === true)
      return note("audit", `${path} belongs to another state store, which alone can judge it.`);
    return isWhole
      ? ok("audit", `${path} is whole: ${count} ${count === 1 ? "line" : "lines"}.`)
      : fault(
          "audit",
          `${path} is damaged at line ${problems[0]?.line ?? 1}; nothing is written until that is settled.`,
          "tg-guarded audit verify, and after looking: tg-guarded audit restart",
        );
  });
}
