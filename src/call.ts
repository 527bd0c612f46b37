import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Claim } from "./claim.js";
import type { Quota } from "./errors.js";
import type { Permit } from "./permit.js";

/** What is to be sent. Guards treat it as opaque; requests of GramJS have this shape. */
export interface Request<T> {
  readonly className: string;
  readonly __response: T;
  getBytes(): Uint8Array;
}

/** What a method does, as the method table says. */
export type MethodClass = "read" | "trace" | "write" | "login" | "danger" | "wrapper" | "service";
export type CallKind = "read" | "write" | "auth";
export type Lane = "interactive" | "bulk";

/** One request on its way through the guards. Immutable: a guard passes on a changed copy. */
export interface Call<T = unknown> {
  readonly id: string;
  /** The key under which this account's limits are kept. */
  readonly account: string;
  /** The method of the innermost request, wrappers taken off, by its TL name: `messages.sendMessage`. */
  readonly method: string;
  readonly kind: CallKind;
  /** Whether the very same request may be sent again when nobody knows if it took effect. */
  readonly replay: "safe" | "unsafe";
  readonly quota?: Quota;
  /** How many units of its quota the call costs. */
  readonly units: number;
  /** The chat a request goes to, where a limit counts per chat. */
  readonly chat?: string;
  /** Interactive calls go before bulk ones. */
  readonly lane: Lane;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly dcId?: number;
  /** Given by the actions lifecycle alone, bound to this very request. */
  readonly claim?: Claim;
  /** Given by a login flow alone. */
  readonly permit?: Permit;
  /** By when the call must be over, on the client's clock in milliseconds; `Infinity` for none. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly request: Request<T>;
}

/** What a caller says of a call; the rest has defaults. */
export type CallInit<T> = Pick<Call<T>, "account" | "method" | "request"> & Partial<Call<T>>;

/** A signal that never aborts. Many calls wait on it at once, so the warning about many listeners is off. */
export const NEVER_ABORTED: AbortSignal = new AbortController().signal;
setMaxListeners(0, NEVER_ABORTED);

let sequence = 0;
const prefix = randomUUID().slice(0, 8);

/** Makes a call: by default an interactive read without a deadline. */
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
