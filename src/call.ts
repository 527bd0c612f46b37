import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Claim } from "./claim.js";
import type { Quota } from "./errors.js";
import type { Permit } from "./permit.js";

/** What is to be sent. Guards treat it as opaque; requests of GramJS have this shape. */
export interface Request<T> {
  readonly className: string;
  readonly __response: T;
  /** The request as it leaves on the wire. */
  getBytes(): Uint8Array;
}

/** What a method does, as the method table says. */
export type MethodClass = "read" | "trace" | "write" | "login" | "danger" | "wrapper" | "service";
/** What a call does: a read, a write with a claim, or a step of a login. */
export type CallKind = "read" | "write" | "auth";
/** Which calls go first: interactive ones before bulk work. */
export type Lane = "interactive" | "bulk";

/** One request on its way through the guards. Immutable: a guard passes on a changed copy. */
export interface Call<T = unknown> {
  /** Tells calls of all processes apart, for traces. */
  readonly id: string;
  /** The key under which this account's limits are kept. */
  readonly account: string;
  /** The method of the innermost request, wrappers taken off, by its TL name: `messages.sendMessage`. */
  readonly method: string;
  /** What it does. */
  readonly kind: CallKind;
  /** Whether the very same request may be sent again when nobody knows if it took effect. */
  readonly replay: "safe" | "unsafe";
  /** Which of the day's quotas it is counted in, if any. */
  readonly quota?: Quota;
  /** How many units of its quota the call costs. */
  readonly units: number;
  /** The chat a request goes to, where a limit counts per chat. */
  readonly chat?: string;
  /** Interactive calls go before bulk ones. */
  readonly lane: Lane;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The data centre it goes to; absent for the account's own. */
  readonly dcId?: number;
  /** Given by the actions lifecycle alone, bound to this very request. */
  readonly claim?: Claim;
  /** Given by a login flow alone. */
  readonly permit?: Permit;
  /** By when the call must be over, on the client's clock in milliseconds; `Infinity` for none. */
  readonly deadline: number;
  /** Ends it wherever it waits. */
  readonly signal: AbortSignal;
  /** What is to be sent; the transport compares its bytes with what was approved. */
  readonly request: Request<T>;
}

/** What a caller says of a call; the rest has defaults. */
export type CallInit<T> = Pick<Call<T>, "account" | "method" | "request"> & Partial<Call<T>>;

/** A signal that never aborts. Many calls wait on it at once, so the warning about many listeners is off. */
export const NEVER_ABORTED: AbortSignal = new AbortController().signal;
setMaxListeners(0, NEVER_ABORTED);

let sequence = 0;
const prefix = randomUUID().slice(0, 8);

/**
 * Makes a call: by default an interactive read without a deadline.
 *
 * @example
 * ```ts
 * import { createCall } from "tg-guarded";
 *
 * const request = { className: "weather", __response: "", getBytes: () => new Uint8Array() };
 * const call = createCall({ account: "mine", method: "weather", request, deadline: Date.now() + 5000 });
 * ```
 */
export function createCall<T>(init: CallInit<T>): Call<T> {
  return {
    id: `${prefix}-${++sequence}`,
    kind: "read",
    replay: "safe",
    units: 1,
    lane: "interactive",
    attempt: 1,
    deadline: Infinity,
    signal: NEVER_ABORTED,
    ...init,
  };
}
