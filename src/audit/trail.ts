import { GuardError, isGuardError } from "../errors.js";
import { parseInput } from "../input.js";
import type { StateStore } from "../stores/store.js";
import { auditBroken } from "./broken.js";
import { auditEntry, type AuditEntry } from "./entry.js";
import { freeFileNumber, writeLines } from "./files.js";
import { addLine, lookAtHead, markWritten, restart, type PlacedLine } from "./head.js";

/** Which trail. */
export interface TrailOptions {
  /** Its first file; the folder is made, 0700, when it is missing. */
  readonly path: string;
  /** Holds the head of the chain. */
  readonly store: StateStore;
  readonly account: string;
  /** Hosts that share a store, but not the file, name their trails apart. @defaultValue "main" */
  readonly name?: string;
}

/** What {@link openAuditTrail} takes. */
export interface AuditTrailOptions extends TrailOptions {
  /** A file that would grow beyond this is left and the next one begun. @defaultValue 10_000_000 */
  readonly limitBytes?: number;
}

/**
 * Where decisions and outcomes are written down, as {@link openAuditTrail} opens it.
 *
 * @example
 * ```ts
 * import { memoryStore, openAuditTrail, type AuditTrail } from "tg-guarded";
 *
 * const trail: AuditTrail = openAuditTrail({ path: "audit/desk.jsonl", store: memoryStore(), account: "desk" });
 * await trail.append({ event: "rejected", actionId: "act_2", approver: "operator" });
 * await trail.restart(); // goes on in a file of its own
 * ```
 */
export interface AuditTrail {
  /**
   * Resolves once the line is on the disk.
   *
   * Errors: `audit_broken`, `file_error`, `input_invalid`, and those of the store. The line is not lost then, unless 256
   * wait already: the next one that can be written brings it along.
   */
  append(entry: AuditEntry): Promise<void>;
  /**
   * Leaves the files as they are, damaged or not, and goes on in a new one. For a person to decide: from then on `verify`
   * begins with that file.
   *
   * Errors: as {@link AuditTrail.append}.
   */
  restart(): Promise<void>;
}

/** Where the head of a trail stands in the store. */
export const auditKey = (account: string, name = "main"): string => `audit:${name}:${account}`;

const LIMIT_BYTES = 10_000_000;

/**
 * Opens the append-only trail of one account. Several processes may append to one: the store decides the order, and each
 * line has one place in the file. Nothing is read or written before the first line.
 *
 * @example
 * ```ts
 * import { memoryStore, openAuditTrail } from "tg-guarded";
 *
 * const trail = openAuditTrail({ path: "audit/mine.jsonl", store: memoryStore(), account: "mine" });
 * await trail.append({ event: "approved", actionId: "act_1", approver: "operator" });
 * ```
 */
export function openAuditTrail({
  path,
  store,
  account,
  name,
  limitBytes = LIMIT_BYTES,
}: AuditTrailOptions): AuditTrail {
  const key = auditKey(account, name);

  async function append(entry: AuditEntry): Promise<void> {
    const checked = parseInput(auditEntry, entry, "entry");
    const adding = addLine({ account, entry: checked, limitBytes });
    const add = () => store.update(key, adding, { durable: true });
    const lines = (await add()) ?? (await writeWaiting().then(add));
    if (lines === undefined) throw auditBroken(path, "stuck");
    await write(lines);
  }

  /** Makes room for another line, where the file can be written again. */
  async function writeWaiting(): Promise<void> {
    const head = await store.update(key, lookAtHead);
    await write(head?.pending ?? []);
  }

  async function write(lines: readonly PlacedLine[]): Promise<void> {
    await writeLines(path, lines).catch((error: unknown) => {
      throw isGuardError(error) ? error : unwritable(path, error);
    });
    // Nothing is lost with this: a line that is still noted is written once more, to the same place.
    await store.update(key, markWritten(lines));
  }

  return {
    append,
    async restart() {
      const freeFile = await freeFileNumber(path);
      await store.update(key, restart({ account, freeFile, limitBytes }), { durable: true });
      await append({ event: "trail_restarted" });
    },
  };
}

const unwritable = (path: string, cause: unknown): GuardError<"file_error"> =>
  new GuardError("file_error", `The audit trail ${path} cannot be written.`, {
    details: { path },
    nextStep: "Check that you may write there, and that the disk has room. Until then nothing is sent.",
    cause,
  });
