import type { Chat } from "../models/chat.js";

/** What a person must know to decide. */
export interface Proposal {
  readonly actionId: string;
  /** SHA-256 of everything that will be sent. */
  readonly digest: string;
  /** Who and what, in plain words. */
  readonly summary: string;
  /** The chats it goes to, as Telegram resolved them. */
  readonly targets: readonly Chat[];
  readonly warnings: readonly string[];
}

/** How the action can be approved. */
export interface ApprovalOffer {
  readonly mode: "code" | "callback";
  /** ISO time before which the approval does not count. */
  readonly notBefore: string;
  /** ISO time after which it counts no more. */
  readonly expiresAt: string;
  /** Mode `code` only. */
  readonly code?: string;
}

/** What must be said for an action to be carried out. */
export interface Gate {
  readonly confirm: boolean;
  /** The one-time code from the preview, where the approver gives codes. */
  readonly approvalCode?: string;
  /** Do again what was done within the idempotency window. Needs a new approval. */
  readonly forceResend?: boolean;
}

/** What would happen. Nothing was sent. */
export interface Preview<R> extends Proposal {
  readonly status: "preview";
  /** How much of the day's quota is left for it; absent when it costs none. */
  readonly quotaLeft: number | undefined;
  readonly approval: ApprovalOffer;
  /** Carries out what was previewed. */
  execute(gate?: Partial<Gate>): Promise<Outcome<R>>;
}

/** What has happened. Refusals are thrown. */
export interface Outcome<R> {
  readonly status: "done";
  readonly actionId: string;
  /** ISO time. */
  readonly at: string;
  /** True when it had been done before by the same approval, and was not done again. */
  readonly repeated: boolean;
  readonly result: R;
}

/** For the call, not for the action. */
export interface ActionCallOptions {
  readonly signal?: AbortSignal;
}
