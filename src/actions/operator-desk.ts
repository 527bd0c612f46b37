import type { AuditTrail } from "../audit/trail.js";
import { GuardError } from "../errors.js";
import { decideRequest, eraseExpired } from "../state/action-request.js";
import type { ActionState, ApprovalRequest } from "../state/action-state.js";
import { noteAttempt } from "../state/lockout.js";
import type { StateStore } from "../stores/store.js";
import { unlockOperatorKey, type UnlockedKey } from "./operator-key.js";
import { ACTION_KEYS, actionIdOf } from "./record.js";
import * as refusals from "./refusals.js";
import { readProposal } from "./sealed-proposal.js";
import type { Proposal } from "./shapes.js";

/** A question that waits for the operator. */
export interface OpenQuestion {
  readonly actionId: string;
  readonly account: string;
  readonly operation: string;
  /** ISO times. */
  readonly askedAt: string;
  readonly expiresAt: string;
}

/** A question with everything the operator must see to decide. */
export interface ReadQuestion extends OpenQuestion {
  readonly proposal: Proposal;
  /** Names exactly this question: what it is about may change, and is then asked anew under the same id. */
  readonly question: string;
}

/** What a desk needs: the store that the programs use which ask. */
export interface DeskOptions {
  /** The one that the asking programs use. */
  readonly store: StateStore;
  /** The operator's key; without one whoever may read the state is the operator. */
  readonly key?: string;
  /** Where the decisions about an account's actions are written down, before they count. */
  readonly trailOf?: (account: string) => Pick<AuditTrail, "append">;
}

/** What the operator says to decide. */
export interface OperatorWord {
  /** Needed where an operator's key is set. */
  readonly secret?: string;
  /** Who decides, for the record. @defaultValue "operator" */
  readonly by?: string;
  /** Which question was read, as `show` names it. Without it whatever is asked now is decided. */
  readonly question?: string;
}

interface Found {
  readonly recordKey: string;
  readonly request: ApprovalRequest;
  readonly question: OpenQuestion;
}

/** Wrong secrets lock as wrong codes do. */
const LOCKOUT = { attempts: 5, lockMs: 900_000 };

/**
 * Where an operator reads what programs ask, and decides. It speaks with the store alone, never with Telegram.
 *
 * Errors: `action_unknown`, `operator_denied`, `approval_locked`, `state_newer`, and those of the store.
 *
 * @example
 * ```ts
 * for (const { actionId } of await desk.list()) {
 *   const { proposal, question } = await desk.show(actionId);
 *   if (proposal.summary.includes("tide")) await desk.approve(actionId, { question, by: "Ada" });
 *   else await desk.reject(actionId);
 * }
 * ```
 */
export class OperatorDesk implements AsyncDisposable {
  readonly #store: StateStore;
  readonly #key: string | undefined;
  readonly #trailOf: DeskOptions["trailOf"];

  constructor({ store, key, trailOf }: DeskOptions) {
    this.#store = store;
    this.#key = key;
    this.#trailOf = trailOf;
  }

  /** Whether the operator's secret is needed to read and to decide. */
  get needsSecret(): boolean {
    return this.#key !== undefined;
  }

  /**
   * The open questions of all accounts, oldest first. The text of those that nobody answered in time is erased.
   *
   * @example
   * ```ts
   * const open = await desk.list();
   * ```
   */
  async list(): Promise<readonly OpenQuestion[]> {
    const found = await this.#open();
    return found.map(({ question }) => question).sort((a, b) => a.askedAt.localeCompare(b.askedAt));
  }

  /**
   * A question with everything that the operator must see. With an operator's key the secret is needed.
   *
   * Errors: `operator_denied`, `approval_locked` after five wrong secrets, `action_unknown`.
   *
   * @example
   * ```ts
   * const [first] = await desk.list();
   * const { proposal } = await desk.show(first?.actionId ?? "");
   * console.log(proposal.summary, proposal.text);
   * ```
   */
  async show(actionId: string, word: OperatorWord = {}): Promise<ReadQuestion> {
    const { recordKey, request, question } = await this.#find(actionId);
    const unlocked = await this.#unlock(actionId, word);
    const { sealed = "", expiresAt } = request;
    const proposal = readProposal(unlocked?.open(sealed) ?? sealed, recordKey);
    const approveWithinMs = Math.max(0, expiresAt - (await this.#now(recordKey)));
    return { ...question, question: request.key, proposal: { ...proposal, approveWithinMs } };
  }

  /**
   * Approves what `show` has shown: `word.question` says which. Where another one has taken its place meanwhile, nothing is
   * approved.
   *
   * Errors: as {@link OperatorDesk.show}; with `trailOf` also `audit_broken`, `file_error`.
   *
   * @example
   * ```ts
   * const [first] = await desk.list();
   * const { question } = await desk.show(first?.actionId ?? "");
   * await desk.approve(first?.actionId ?? "", { question });
   * ```
   */
  approve(actionId: string, word: OperatorWord = {}): Promise<void> {
    return this.#decide(actionId, "approved", word);
  }

  /**
   * Refuses whatever is asked under this id, or `word.question` alone.
   *
   * Errors: as {@link OperatorDesk.show}; with `trailOf` also `audit_broken`, `file_error`.
   *
   * @example
   * ```ts
   * const [first] = await desk.list();
   * await desk.reject(first?.actionId ?? "", { by: "Ada" });
   * ```
   */
  reject(actionId: string, word: OperatorWord = {}): Promise<void> {
    return this.#decide(actionId, "rejected", word);
  }

  /** Closes the store that it was made with. */
  close(): Promise<void> {
    return this.#store.close();
  }

  /** As {@link OperatorDesk.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #decide(actionId: string, verdict: "approved" | "rejected", word: OperatorWord): Promise<void> {
    const { recordKey, request, question } = await this.#find(actionId);
    const unlocked = await this.#unlock(actionId, word);
    const { key } = request;
    if (word.question !== undefined && word.question !== key) throw anotherQuestion(actionId);
    const { account, operation } = question;
    await this.#trailOf?.(account).append({ event: verdict, actionId, operation, approver: "operator" });
    const signature = unlocked === undefined ? {} : { signature: unlocked.sign(recordKey, request) };
    const decision = { key, verdict, by: word.by ?? "operator", ...signature };
    if (!(await this.#store.update(recordKey, decideRequest(decision), { durable: true }))) throw notOpen(actionId);
  }

  async #unlock(actionId: string, { secret }: OperatorWord): Promise<UnlockedKey | undefined> {
    if (this.#key === undefined) return undefined;
    const unlocked = secret === undefined ? undefined : unlockOperatorKey(this.#key, secret);
    if (secret !== undefined) {
      const note = noteAttempt(unlocked === undefined ? "wrong" : "right", LOCKOUT);
      const { lockedMs } = await this.#store.update("lockout:operator", note, { durable: true });
      if (lockedMs > 0) throw refusals.approvalLocked(actionId, lockedMs);
    }
    if (unlocked !== undefined) return unlocked;
    throw new GuardError("operator_denied", "The operator's secret is wrong or missing.", {
      details: {},
      nextStep: "Type the secret that was chosen with: tg-guarded approvals init",
    });
  }

  /** By the clock that questions expire by. */
  #now(recordKey: string): Promise<number> {
    return this.#store.update<ActionState, number>(recordKey, (current, now) => ({ next: current, result: now }));
  }

  async #find(actionId: string): Promise<Found> {
    const found = (await this.#open()).find(({ question }) => question.actionId === actionId);
    if (found === undefined) throw notOpen(actionId);
    return found;
  }

  async #open(): Promise<Found[]> {
    const found: Found[] = [];
    for await (const [recordKey, state] of this.#store.entries<ActionState>(ACTION_KEYS)) {
      const { request } = state;
      if (request?.sealed === undefined) continue;
      const expired = await this.#store.update(recordKey, eraseExpired, { durable: true });
      if (!expired) found.push({ recordKey, request, question: questionOf(recordKey, request) });
    }
    return found;
  }
}

function questionOf(recordKey: string, { operation, askedAt, expiresAt }: ApprovalRequest): OpenQuestion {
  const [, account = "", digest = ""] = /^action:(.*):([^:]*)$/.exec(recordKey) ?? [];
  return { actionId: actionIdOf(digest), account, operation, askedAt: iso(askedAt), expiresAt: iso(expiresAt) };
}

const iso = (at: number): string => new Date(at).toISOString();

const anotherQuestion = (actionId: string): GuardError<"action_unknown"> =>
  new GuardError("action_unknown", `Action ${actionId} is not what was shown any more; nothing was approved.`, {
    details: { actionId },
    nextStep: "Look at it again: what it is about has changed, and it was asked anew.",
  });

const notOpen = (actionId: string): GuardError<"action_unknown"> =>
  new GuardError("action_unknown", `No question about ${actionId} is open.`, {
    details: { actionId },
    nextStep: "It was decided, or its time is over. tg-guarded approvals list shows what is open.",
  });
