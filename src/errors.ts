/**
 * Every way this library refuses or fails, with what each error tells in `details`. Codes are API: match them, not messages.
 * The table with what to do stands in docs/errors.md.
 */
export interface ErrorDetails {
  /** A value the caller gave does not fit. `path` names the option or parameter. */
  input_invalid: { readonly path: string };
  /** The client was closed. */
  client_closed: Readonly<Record<string, never>>;
  /** A write without a claim from the actions lifecycle. */
  write_denied: { readonly method: string };
  /** What may be read is limited to some chats, and this request could read others. */
  read_denied: Readonly<Record<string, never>>;
  /** A login request outside the login flow. */
  login_denied: { readonly method: string };
  /** A method that the method table does not know. */
  method_unknown: { readonly method: string };
  /** The claim belongs to another request than the one about to be sent. */
  claim_mismatch: { readonly method: string };
  /** The wait that the guards ask for does not fit into the call's deadline. Nothing was sent. */
  rate_limited: { readonly method: string; readonly retryAfterMs: number; readonly reason: WaitReason };
  /**
   * The circuit is open: a long or repeated flood, PEER_FLOOD, an account that is frozen or dead, or a person who stopped
   * writes. Nothing was sent. `name` is Telegram's own of the error behind it, absent where a person opened it;
   * `retryAfterMs` is absent when waiting does not help.
   */
  circuit_open: {
    readonly method: string;
    readonly reason: CircuitReason;
    readonly name?: string;
    readonly retryAfterMs?: number;
  };
  /** The day's quota is used up. Nothing was sent. */
  quota_exceeded: {
    readonly method: string;
    readonly quota: Quota;
    readonly limit: number;
    readonly left: number;
    readonly retryAfterMs: number;
  };
  /** Telegram asked to wait (FLOOD_WAIT, SLOWMODE_WAIT, TAKEOUT_INIT_DELAY). */
  flood_wait: {
    readonly method: string;
    readonly retryAfterMs: number;
    readonly name: string;
    readonly scope: FloodScope;
  };
  /** No answer within the time for one attempt, or the call's deadline has passed. */
  timeout: { readonly method: string; readonly timeoutMs: number };
  /** The connection broke while the request was under way. */
  connection_lost: { readonly method: string };
  /** No connection could be made. */
  server_unreachable: { readonly host: string; readonly port: number };
  /** The server is not the one whose key is trusted, or the handshake failed. */
  handshake_failed: { readonly host: string; readonly port: number };
  /** The session cannot be read, or not safely; `reason` tells why. */
  session_invalid: { readonly session: string; readonly reason: SessionFault };
  /** Another program works with the session, and one of the two wants it for itself. `owners` are those that said so. */
  session_locked: { readonly session: string; readonly owners: readonly SessionOwner[] };
  /** Reading and actions are to have a session each, and have one together. */
  session_conflict: { readonly session: string; readonly found: "variables" | "registry" };
  /** The session belongs to another state store: counters, approvals and limits are there. Nothing is written. */
  store_changed: { readonly session: string };
  /** The session is another account's than the one expected. */
  account_mismatch: { readonly expected: string; readonly found: string };
  /** Telegram no longer accepts the session. */
  session_dead: { readonly name: string };
  /** Any other error of Telegram, by its own name. `passing` ones may go away by themselves. */
  telegram_error: {
    readonly method: string;
    readonly name: string;
    readonly status: number;
    readonly passing: boolean;
  };
  /** No chat of that name or id among the account's dialogs, nor a public `@name`. */
  chat_not_found: { readonly chat: string };
  /** Several dialogs carry that title. */
  chat_ambiguous: { readonly chat: string; readonly ids: readonly number[] };
  /** The account may not see into this chat. */
  not_a_member: { readonly chat: string };
  /** The chat is not on the allowlist of the actions policy, or not among those that may be read. */
  not_allowed: { readonly chat: number };
  /** The account is in so many groups, supergroups and channels that it joins no more. */
  too_many_groups: { readonly limit: number; readonly count: number };
  /** A person has begun to write in the chat's input field. */
  draft_exists: { readonly chat: number };
  /** The gate lacks `confirm: true`. */
  confirmation_required: { readonly actionId: string };
  /** The confirmation text is missing, too short, or not the agreed phrase. */
  confirmation_text_invalid: { readonly actionId: string };
  /** Too many wrong codes and phrases: none counts for a while. */
  approval_locked: { readonly actionId: string; readonly retryAfterMs: number };
  /** A person should be asked at a terminal, and there is none. */
  approval_needs_terminal: Readonly<Record<string, never>>;
  /** A policy of the program's own refused the action. */
  policy_refused: { readonly actionId: string };
  /** This client has not previewed or called such an action, or nobody asked for its approval. */
  action_unknown: { readonly actionId: string };
  /** The operator's secret is wrong or missing. */
  operator_denied: Readonly<Record<string, never>>;
  /** The gate lacks an approval code, or the code is wrong. */
  approval_invalid: { readonly actionId: string };
  /** The approval may not be used yet. */
  approval_too_early: { readonly actionId: string; readonly retryAfterMs: number };
  /** The approval's time is over. */
  approval_expired: { readonly actionId: string };
  /** The human said no. */
  approval_rejected: { readonly actionId: string };
  /** The same action was carried out within the idempotency window. */
  already_done: { readonly actionId: string; readonly doneAt: string };
  /** Another process is carrying out this action now. */
  action_in_progress: { readonly actionId: string; readonly retryAfterMs: number };
  /** Whether the write reached Telegram cannot be told. */
  outcome_unknown: { readonly actionId: string };
  /** The login has ended without success. */
  login_failed: { readonly reason: LoginFault };
  /** Where a secret should come from gives none. */
  secret_unavailable: { readonly source: "keychain" | "command" };
  /** The store cannot answer. Writes fail closed. */
  store_unavailable: { readonly store: string };
  /** The state that the guards rely on has disappeared or is damaged. */
  state_lost: { readonly store: string };
  /** A record was written by a newer version of this program. Nothing is sent. */
  state_newer: { readonly key: string };
  /** The audit trail is not what the store says it is. Writes fail closed. */
  audit_broken: { readonly path: string; readonly reason: AuditFault };
  /** No batch has this id. */
  batch_unknown: { readonly batchId: string };
  /** Nobody has approved the batch, or the approval's time is over. */
  batch_not_approved: { readonly batchId: string };
  /** Another process runs the batch now. */
  batch_busy: { readonly batchId: string; readonly retryAfterMs: number };
  /** The day's quota is used up, or the circuit is open; the batch can go on later. */
  batch_paused: { readonly batchId: string; readonly retryAfterMs: number };
  /** The batch is completed, expired or cancelled. */
  batch_over: { readonly batchId: string; readonly status: BatchEnd };
  /** The file to be written exists already, or belongs to another export. */
  file_exists: { readonly path: string };
  /** What stands on the disk was begun by an export that asked for something else. `differs` names what. */
  checkpoint_mismatch: { readonly path: string; readonly differs: string };
  /** Another run, of this process or another, writes this very export now. */
  export_busy: { readonly path: string };
  /** That username belongs to another user or chat than when it was used before. */
  name_moved: { readonly name: string; readonly was: number; readonly is: number };
  /** New messages of a watched chat, those after `afterId`, cannot be read any more. */
  messages_missed: { readonly chatId: number; readonly afterId?: number };
  /** The file cannot be written. */
  file_error: { readonly path: string };
  /** The file cannot be sent. `changed`: it is another one than at the preview. */
  file_unavailable: {
    readonly path: string;
    readonly reason: "missing" | "unreadable" | "no_file" | "empty" | "changed";
  };
  /** The path lies outside of the folders that files may be put into and taken from, leads out through a link, or is private. */
  path_not_allowed: { readonly path: string; readonly roots: readonly string[] };
  /** The chat has no message of that id. */
  message_not_found: { readonly chat: string; readonly messageId: number };
  /** The message has no file or none any more, holds another one now, or Telegram gave only a part of it. */
  media_unavailable: { readonly messageId?: number; readonly reason: "no_file" | "changed" | "incomplete" };
  /** The file is larger than the caller wants or the policy allows. Nothing of it was fetched or sent. */
  file_too_large: { readonly sizeBytes: number; readonly limitBytes: number };
}

/** Why a login failed. */
export type LoginFault =
  | "phone_invalid"
  | "phone_banned"
  | "not_registered"
  | "code_wrong"
  | "code_expired"
  | "no_other_way"
  | "password_wrong"
  | "email_needed"
  | "qr_expired"
  | "unexpected";
/** What is counted by the day. */
export type Quota = "dm" | "group_msg" | "join";
/** Why the circuit is open. */
export type CircuitReason = "long_flood" | "many_floods" | "peer_flood" | "frozen" | "dead" | "stopped";
/** What is wrong with the audit trail's file. */
export type AuditFault = "missing" | "cut" | "changed" | "stuck";
/**
 * What is wrong with a session: `name`: that is no name of one; `sealed`: it is encrypted, and nothing was given to open
 * it; `wrong_key`: what was given is not the right one; `tampered`: changed by somebody who knew how; `insecure`: others
 * can read or exchange it, and that cannot be mended; `elsewhere`: this server does not have its data centre.
 */
export type SessionFault =
  | "missing"
  | "name"
  | "damaged"
  | "tampered"
  | "wrong_key"
  | "sealed"
  | "insecure"
  | "newer"
  | "elsewhere"
  | "unreadable";
/** A process that works with a session. */
export interface SessionOwner {
  readonly pid: number;
  readonly host: string;
  /** The name of the program. */
  readonly program: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
  /** What it does with it, where it said so. */
  readonly plane?: SessionPlane;
}
/** The side of the account that a program is for. */
export type SessionPlane = "read" | "actions";
/** How a batch ended. */
export type BatchEnd = "completed" | "expired" | "cancelled";
/** Why a call waits. */
export type WaitReason = "rate" | "flood" | "retry" | "action";
/** What a flood wait of Telegram holds back: one method, one chat, or the account's takeout. */
export type FloodScope = "method" | "chat" | "takeout";
/** The code of an error: what programs tell errors apart by. docs/errors.md lists them. */
export type ErrorCode = keyof ErrorDetails;
/** Whether the request that failed took effect at Telegram. */
export type Applied = "no" | "yes" | "unknown";

/** What an error tells beside its message. */
export interface ErrorOptions<C extends ErrorCode> {
  readonly details: ErrorDetails[C];
  /** What a person or an agent can do now. */
  readonly nextStep: string;
  /** @defaultValue "no" */
  readonly applied?: Applied;
  readonly cause?: unknown;
}

const brand = Symbol.for("tg-guarded.GuardError");

/**
 * The one error class of this library.
 *
 * Errors of every call: `client_closed`, `session_dead`, `rate_limited`, `circuit_open`, `flood_wait`, `timeout`,
 * `connection_lost`, `server_unreachable`, `handshake_failed`, `telegram_error`, `store_unavailable`, `state_lost`,
 * `state_newer`; of writes also `quota_exceeded` and `claim_mismatch`. An aborted one rejects with the signal's reason.
 *
 * Errors of the store: `store_unavailable`, `state_lost`, `state_newer`.
 *
 * @example
 * ```ts
 * import { isGuardError } from "tg-guarded";
 *
 * try {
 *   await client.read.groupInfo("@nobody_is_called_so");
 * } catch (error) {
 *   if (!isGuardError(error, "chat_not_found")) throw error;
 *   console.log(error.message, error.nextStep, error.applied);
 * }
 * ```
 */
export class GuardError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "GuardError";
  /** What programs tell errors apart by; it does not change with versions. */
  readonly code: C;
  /** What belongs to this code, such as `retryAfterMs`; {@link ErrorDetails} has them all. */
  readonly details: ErrorDetails[C];
  /** Whether the request took effect at Telegram. */
  readonly applied: Applied;
  /** What a person or an agent can do now. */
  readonly nextStep: string;
  readonly [brand] = true;

  constructor(code: C, message: string, options: ErrorOptions<C>) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.applied = options.applied ?? "no";
    this.nextStep = options.nextStep;
  }
}

/**
 * Tells whether something thrown is a {@link GuardError}, also of another copy of this package.
 *
 * @example
 * ```ts
 * import { GuardError, isGuardError } from "tg-guarded";
 *
 * const thrown: unknown = new GuardError("client_closed", "The client is closed.", { details: {}, nextStep: "Open a new one." });
 * if (isGuardError(thrown, "rate_limited")) console.log(thrown.details.retryAfterMs);
 * ```
 */
export function isGuardError<C extends ErrorCode = ErrorCode>(value: unknown, code?: C): value is GuardError<C> {
  return value instanceof Error && brand in value && (code === undefined || ("code" in value && value.code === code));
}

/** The same error, where an earlier attempt of the same call, or a part of it, may have taken effect. */
export function asUncertain<E>(error: E): E | GuardError {
  if (!isGuardError(error) || error.applied !== "no") return error;
  const { code, message, details, nextStep } = error;
  return new GuardError(code, message, { details, nextStep, applied: "unknown", cause: error });
}
