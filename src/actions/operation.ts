import type { Request } from "../call.js";
import type { Quota } from "../errors.js";
import type { Chat } from "../models/chat.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import type { Json } from "./digest.js";
import type { ActionsPolicy } from "./policy.js";

/** What an operation may use. */
export interface OperationContext {
  readonly telegram: Telegram;
  readonly policy: ActionsPolicy;
}

/** One approved run. `write` sends a request under a claim that fits this request alone. */
export interface Run {
  readonly randomIds: readonly string[];
  write<T>(request: Request<T>, options?: InvokeOptions): Promise<T>;
}

/** An action that is thought through to the end, but not approved. */
export interface Prepared<R> {
  /** Everything that will be sent, for the digest. */
  readonly payload: Json;
  readonly targets: readonly Chat[];
  readonly summary: string;
  readonly warnings: readonly string[];
  /** What it costs of the day's quotas. */
  readonly cost?: { readonly quota: Quota; readonly units: number } | undefined;
  /** How many random ids its requests need. */
  readonly randomIdCount: number;
  perform(run: Run): Promise<R>;
  /** Asks Telegram whether it has been done since; `undefined` when it cannot be seen. */
  find(sinceMs: number): Promise<R | undefined>;
}

/** One kind of write: how its input is understood and carried out. */
export interface Operation<I, R> {
  readonly name: string;
  /** Validates the input and resolves whom it concerns. Sends nothing but reads. */
  prepare(context: OperationContext, input: I, signal: AbortSignal): Promise<Prepared<R>>;
}
