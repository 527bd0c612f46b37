import { GuardError, type AuditFault } from "../errors.js";

const FAULTS: Readonly<Record<AuditFault, string>> = {
  missing: "is missing",
  cut: "is shorter than the store says",
  changed: "does not hold what the store says",
  stuck: "has not taken any line for a long time",
};

export const auditBroken = (path: string, reason: AuditFault): GuardError<"audit_broken"> =>
  new GuardError("audit_broken", `The audit trail ${path} ${FAULTS[reason]}.`, {
    details: { path, reason },
    nextStep:
      "Look with: tg-guarded audit verify. Bring the file back, or let a person begin a new one with: tg-guarded audit restart. Hosts that share a store, but not the file, give their trails names of their own.",
  });
