import { z } from "zod";
import type { ChatRef } from "../telegram/chat-ref.js";
import { approvers, type Approver, type AskHost, type OperatorApprover } from "./approvers.js";
import type { ConfirmationPhrase } from "./confirmation-text.js";
import type { Proposal } from "./shapes.js";

/** A rule of your own. It runs for the preview and again for the execution; what it throws refuses the action. */
export type OwnPolicy = (preview: Proposal) => void | Promise<void>;

/**
 * What the original's variables about direct writes say. They can only take rights away: any weakened value, another
 * context than `actions_mcp`, and a process that is not the one for actions turn writing off.
 */
export interface DirectWriteOptions {
  /** @defaultValue true */
  readonly block?: boolean;
  /** @defaultValue false */
  readonly allow?: boolean;
  /** @defaultValue true */
  readonly enforceActionProcess?: boolean;
  /** Contexts that may write. @defaultValue `["actions_mcp"]` */
  readonly contexts?: readonly string[];
  /** The context of this process, where it is said. */
  readonly context?: string;
  /** Whether this process is the one for actions, where it is said. */
  readonly actionProcess?: boolean;
}

/**
 * What may be written at all, and who approves it. Every gate is on by default. Taking one of the essential ones away
 * (allowlist, confirmation text, approval code, idempotency, direct writes) turns writing off, unless `unsafeOverride`
 * says that this is meant.
 */
export interface ActionsOptions {
  /** False: previews and writes are refused. @defaultValue true */
  readonly enabled?: boolean;
  /** The chats that may be written to: ids and `@names`, or `me`. Nothing else is ever written to. */
  readonly allow?: readonly ChatRef[];
  /** False: any chat may be written to. Essential. @defaultValue true */
  readonly requireAllowlist?: boolean;
  /** @defaultValue `approvers.code()` */
  readonly approver?: Approver;
  /** How the person in front of this program is asked, for an approver `operator({ ask: "host" })`. */
  readonly ask?: Exclude<OperatorApprover["ask"], "host" | undefined>;
  /** False: nobody approves; only with `approvers.code()`. Essential. @defaultValue true */
  readonly requireApprovalCode?: boolean;
  /** False: a gate needs no `confirm: true`. @defaultValue true */
  readonly requireConfirm?: boolean;
  /** False: a gate needs no text where nobody is asked. Essential. @defaultValue true */
  readonly requireConfirmationText?: boolean;
  /** What must be written to confirm: the phrase, or its SHA-256. Without one any text of the minimum length counts. */
  readonly confirmationPhrase?: ConfirmationPhrase;
  /** In UTF-16 code units. @defaultValue 6 */
  readonly minConfirmTextLength?: number;
  /** Shows the phrase with each preview, also to a program that could then confirm by itself. @defaultValue false */
  readonly showPhrase?: boolean;
  /** So many wrong codes and phrases of an account lock both for a while. @defaultValue 5 */
  readonly maxWrongAttempts?: number;
  /** How long they stay locked, in milliseconds. @defaultValue 900_000 */
  readonly lockMs?: number;
  /** In UTF-16 code units. @defaultValue 2000 */
  readonly maxMessageLength?: number;
  /** In megabytes of 1,048,576 bytes. @defaultValue 20 */
  readonly maxFileMb?: number;
  /** Rules of your own, after all others. */
  readonly policies?: readonly OwnPolicy[];
  /** False: what was done may be done again at once. Essential. @defaultValue true */
  readonly idempotency?: boolean;
  /** For how long a done action is not done again, in milliseconds. @defaultValue a day */
  readonly idempotencyWindowMs?: number;
  /** How long a runner holds an action before another may take over, in milliseconds. @defaultValue 30_000 */
  readonly leaseMs?: number;
  /** For how long an unfinished send is repeated with the same random id, in milliseconds. @defaultValue 600_000 */
  readonly replayWindowMs?: number;
  /** How long a batch waits for its end, in milliseconds. @defaultValue a week */
  readonly batchTtlMs?: number;
  /** How long the approval of a batch counts, in milliseconds. @defaultValue a day */
  readonly batchApprovalLeaseMs?: number;
  /** How long one runner holds a batch, in milliseconds. @defaultValue 1_800_000 */
  readonly batchRunLeaseMs?: number;
  readonly directWrites?: DirectWriteOptions;
  /** Writes although an essential gate was taken away; every preview then says so. @defaultValue false */
  readonly unsafeOverride?: boolean;
}

const isApprover = (value: unknown): value is Approver =>
  typeof value === "object" && value !== null && "mode" in value;
const isAskHost = (value: unknown): value is AskHost => typeof value === "function";
const isOwnPolicy = (value: unknown): value is OwnPolicy => typeof value === "function";

/** An id, `me`, or a name with or without its `@`. */
const entry = z.union([z.int(), z.string().regex(/^(@?\w+|-\d+)$/, "names an id or an @name; titles are not unique")]);
const durationMs = z.int().min(0);
const phrase = z.string().trim().min(1, "is empty");

const directWritesSchema = z.strictObject({
  block: z.boolean().default(true),
  allow: z.boolean().default(false),
  enforceActionProcess: z.boolean().default(true),
  contexts: z.array(z.string()).default(["actions_mcp"]),
  context: z.string().exactOptional(),
  actionProcess: z.boolean().exactOptional(),
});

export const actionsSchema = z.strictObject({
  enabled: z.boolean().default(true),
  allow: z.array(entry).min(1, "must name at least one chat").default([]),
  requireAllowlist: z.boolean().default(true),
  approver: z.custom<Approver>(isApprover, "must come from `approvers`").default(() => approvers.code()),
  ask: z.custom<AskHost>(isAskHost, "must be a function: (proposal, signal) => boolean").exactOptional(),
  requireApprovalCode: z.boolean().default(true),
  requireConfirm: z.boolean().default(true),
  requireConfirmationText: z.boolean().default(true),
  confirmationPhrase: z
    .union([phrase, z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/i, "is not a SHA-256 in hex") })])
    .exactOptional(),
  minConfirmTextLength: z.int().min(1).max(1000).default(6),
  showPhrase: z.boolean().default(false),
  maxWrongAttempts: z.int().min(1).default(5),
  lockMs: z.int().min(1000).default(900_000),
  maxMessageLength: z.int().min(1).max(4096).default(2000),
  maxFileMb: z.number().positive().max(4000).default(20),
  policies: z.array(z.custom<OwnPolicy>(isOwnPolicy, "must be a function: (preview) => void")).default([]),
  idempotency: z.boolean().default(true),
  idempotencyWindowMs: durationMs.default(86_400_000),
  leaseMs: z.int().min(1000).default(30_000),
  replayWindowMs: durationMs.default(600_000),
  batchTtlMs: z.int().min(1000).default(604_800_000),
  batchApprovalLeaseMs: z.int().min(1000).default(86_400_000),
  batchRunLeaseMs: z.int().min(1000).default(1_800_000),
  directWrites: directWritesSchema.prefault({}),
  unsafeOverride: z.boolean().default(false),
});

/** The options with their defaults. */
export type ActionsPolicy = z.output<typeof actionsSchema>;

/** For how long a done action is not done again. */
export const windowOf = ({ idempotency, idempotencyWindowMs }: ActionsPolicy): number =>
  idempotency ? idempotencyWindowMs : 0;
