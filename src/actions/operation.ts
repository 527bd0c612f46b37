import type { Request } from "../call.js";
import type { Quota } from "../errors.js";
import type { FileAccess } from "../files/access.js";
import type { Message } from "../models/message.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import type { Allowlist } from "./allowlist.js";
import type { Json } from "./digest.js";
import type { ActionsPolicy } from "./policy.js";
import type { Proposal, ProposedTarget } from "./shapes.js";

/** What an operation may use. */
export interface OperationContext {
  readonly telegram: Telegram;
  readonly policy: ActionsPolicy;
  readonly files: FileAccess;
  readonly allowlist: Allowlist;
}

interface WriteOptions extends InvokeOptions {
  /**
   * Names the request within the action, so that what it costs is reserved once however often it is resumed. Needed
   * where an earlier step may be skipped; without it requests are numbered.
   */
  readonly step?: string;
}

/** One approved run. `write` sends a request under a claim that fits this request alone. */
export interface Run {
  readonly randomIds: readonly string[];
  /** True when an earlier run may have done it, wholly or in part. */
  readonly resumed: boolean;
  /** True when what the preview showed is no longer there: an earlier run has changed it, or somebody else. */
  readonly changed: boolean;
  write<T>(request: Request<T>, options?: WriteOptions): Promise<T>;
  /** What an earlier or this run has noted of a finished step. */
  marked(step: string): string | undefined;
  /** Notes durably that a step is finished, with what later steps need of it: no message text. Await it before the next step. */
  mark(step: string, value?: string): Promise<void>;
}

/** What `perform` answers when there was nothing to do. It is written down and never counts as done. */
export class NothingToDo {
  constructor(readonly reason: string) {}
}

/** What a proposal says beyond its identity. */
export type Facts = Pick<Proposal, "text" | "messages" | "links" | "files" | "audience" | "firstContact">;

/** An action that is thought through to the end, but not approved. */
export interface Prepared<R> extends Facts {
  /**
   * Everything that will be sent, for the digest: resolved ids, the exact text, the hash of a file's content, never a
   * path or a time of modification.
   */
  readonly payload: Json;
  /**
   * What the preview shows and the action itself changes: the text that an edit replaces. The digest covers it, and an
   * approval counts only while it is still so; but an action that was cut off half-way is the same one afterwards.
   */
  readonly before?: Json;
  /** True when `perform` can go on although `before` has changed: its marks tell what was approved. Else `find` decides. */
  readonly goesOnChanged?: boolean;
  /** All of them must be on the allowlist: also the chat that is forwarded from. */
  readonly targets: readonly ProposedTarget[];
  /** In plain words: who and what. */
  readonly summary: string;
  readonly warnings: readonly string[];
  /** The messages it takes away, as they were read for this preview. Batches compare them with what was approved. */
  readonly read?: readonly Message[];
  /** What it costs of the day's quotas. */
  readonly cost?: { readonly quota: Quota; readonly units: number } | undefined;
  /** Milliseconds of Unix time after which it is too late to begin. */
  readonly notAfterMs?: number;
  /** How many random ids its requests need. */
  readonly randomIdCount: number;
  /**
   * Carries it out. What was read for the preview and may have changed since is read again here. A refusal that surely
   * changed nothing throws a GuardError with `applied: "no"`, which gives the approval back.
   */
  perform(run: Run): Promise<R | NothingToDo>;
  /** Asks Telegram whether it has been done since; `undefined` when it cannot be seen. */
  find(sinceMs: number, run: Pick<Run, "marked">): Promise<R | undefined>;
  /** Of what asks for a state that others can change back: whether it is so. Done today, it may be wanted again. */
  holds?(): Promise<boolean>;
}

/** One kind of write: how its input is understood and carried out. */
export interface Operation<I, R> {
  readonly name: string;
  /** Validates the input and resolves whom it concerns. Sends nothing but reads. */
  prepare(context: OperationContext, input: I, signal: AbortSignal): Promise<Prepared<R>>;
}
