import type { AuditEntry } from "../audit/entry.js";
import type { AuditTrail } from "../audit/trail.js";
import { isGuardError, type ErrorCode } from "../errors.js";
import type { Events } from "../events.js";
import type { ApprovalMode, Proposal } from "./shapes.js";

/** An action as the audit trail names it. */
export type Subject = Pick<Proposal, "actionId" | "operation" | "digest" | "targets">;

/** Refusals that somebody or some rule has decided; the others are mistakes in what was asked, or faults on the way. */
const DECISIONS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "write_denied",
  "not_allowed",
  "policy_refused",
  "name_moved",
  "too_many_groups",
  "path_not_allowed",
  "file_too_large",
  "confirmation_required",
  "confirmation_text_invalid",
  "approval_locked",
  "approval_needs_terminal",
  "approval_invalid",
  "approval_too_early",
  "approval_expired",
  "already_done",
]);

/** Writes the decisions about actions, and what came of them, into the audit trail. */
export class Journal {
  readonly #trail: Pick<AuditTrail, "append">;
  readonly #events: Events;

  constructor(trail: Pick<AuditTrail, "append">, events: Events) {
    this.#trail = trail;
    this.#events = events;
  }

  /** What happens before anything is sent. A trail that takes no line lets nothing through. */
  async decided(
    event: "preview" | "approved" | "rejected" | "claimed",
    subject: Subject,
    approver: ApprovalMode,
  ): Promise<void> {
    await this.#trail.append(entryOf(event, subject, { approver }));
  }

  /** Nothing was sent, whether this can be written down or not. */
  async refused(operation: string, error: unknown, subject?: Subject): Promise<void> {
    if (!isGuardError(error) || !DECISIONS.has(error.code)) return;
    const { code } = error;
    await this.#noteDown(
      subject === undefined ? { event: "refused", operation, code } : entryOf("refused", subject, { code }),
    );
  }

  /** What came of an action. It has happened: a line that cannot be written now comes with the next one. */
  async ended(
    event: "done" | "unchanged" | "failed" | "unknown",
    subject: Subject,
    more: Pick<AuditEntry, "status" | "code"> = {},
  ): Promise<void> {
    await this.#noteDown(entryOf(event, subject, more));
  }

  async #noteDown(entry: AuditEntry): Promise<void> {
    try {
      await this.#trail.append(entry);
    } catch (error) {
      const code = isGuardError(error) ? error.code : "file_error";
      const { event, actionId } = entry;
      this.#events.emit("audit", { event, code, ...(actionId === undefined ? {} : { actionId }) });
    }
  }
}

const entryOf = (
  event: AuditEntry["event"],
  { actionId, operation, digest, targets }: Subject,
  more: Partial<AuditEntry>,
): AuditEntry => ({
  event,
  actionId,
  operation,
  digest,
  targets: targets.map(({ id, kind }) => ({ id, kind })),
  ...more,
});

/** The code of an error, where it has one. */
export const codeOf = (error: unknown): { readonly code?: ErrorCode } =>
  isGuardError(error) ? { code: error.code } : {};
