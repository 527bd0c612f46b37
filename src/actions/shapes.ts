import type { Quota } from "../errors.js";
import type { Chat } from "../models/chat.js";

/** A link in what will be sent. Where the text says something else than the address, look at it twice. */
export interface ProposedLink {
  readonly text: string;
  readonly url: string;
  /** True when the address does not stand in the text. */
  readonly hidden: boolean;
}

/** A file that will be sent. */
export interface ProposedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of its content, in hex. */
  readonly sha256: string;
}

/** A message that is passed on or deleted. */
export interface ProposedMessage {
  readonly id: number;
  /** Name of who wrote it, or of the channel; the id where no name is known. */
  readonly by: string;
  /** The exact text, or how it begins. */
  readonly text: string;
  /** How many more characters it has than `text` shows, in UTF-16 code units. */
  readonly moreCharacters?: number;
  /** What it holds beside the text, and the name of a file: `photo`, `document "plan.pdf"`. */
  readonly media?: string;
}

/** What a batch deletes in one chat. */
export interface ProposedDeletion {
  /** How many messages were named. */
  readonly count: number;
  /** How many of them were not there (any more) when they were looked at. */
  readonly gone: number;
  /** The first of those that were there, by their first words. */
  readonly messages: readonly ProposedMessage[];
}

/** A chat that an action concerns, as Telegram resolved it. */
export interface ProposedTarget extends Chat {
  /** `from`: something is taken from there. Absent: the action goes there. */
  readonly role?: "from";
  /** What this account is there; absent for a member, and where it is not known. */
  readonly ownRole?: "creator" | "admin";
  /** Of batches that delete messages. */
  readonly deletes?: ProposedDeletion;
}

/** What an action takes of the day's quota. */
export interface ProposedCost {
  readonly quota: Quota;
  /** How many of it. */
  readonly units: number;
  /** What was left of it when the person was asked, before the action. */
  readonly left: number;
}

/** What a person must know to decide. */
export interface Proposal {
  readonly actionId: string;
  /** The name of the method of `client.actions`. */
  readonly operation: string;
  /** SHA-256 of everything that will be sent. */
  readonly digest: string;
  /** Who and what, in plain words. */
  readonly summary: string;
  /** The account that does it; absent in questions that an older version asked. */
  readonly account?: Chat;
  /** Every chat it concerns. */
  readonly targets: readonly ProposedTarget[];
  /** The exact text, where one is sent. */
  readonly text?: string;
  /** The messages that are forwarded. */
  readonly messages?: readonly ProposedMessage[];
  /** The links in the text. */
  readonly links?: readonly ProposedLink[];
  /** The files that are sent. */
  readonly files?: readonly ProposedFile[];
  /** How many people the targets have; absent when Telegram did not say. */
  readonly audience?: number;
  /** True when this account has never written to this person. */
  readonly firstContact?: boolean;
  /** What to look at twice, in words. */
  readonly warnings: readonly string[];
  /** Where a person is asked, and it costs something. */
  readonly cost?: ProposedCost;
  /** Where a person is asked: for how long a yes counts from now on, in milliseconds. */
  readonly approveWithinMs?: number;
}

/**
 * Who approves: `code` whoever brings it, `callback` and `terminal` a person while the call waits, `operator` a person in another
 * program, `none` nobody.
 */
export type ApprovalMode = "code" | "none" | "callback" | "terminal" | "operator";

/** How the action can be approved. */
export interface ApprovalOffer {
  /** `none` where the policy asks for no approval. */
  readonly mode: ApprovalMode;
  /** ISO time before which the approval does not count. */
  readonly notBefore: string;
  /** ISO time after which it counts no more. */
  readonly expiresAt: string;
  /** Mode `code` only. */
  readonly code?: string;
  /** What the gate must hold beside that. */
  readonly needs: readonly ("confirm" | "confirmationText" | "approvalCode")[];
  /** The phrase to confirm with, only where the policy says `showPhrase`. */
  readonly confirmationText?: string;
}

/** What must be said for an action to be carried out. */
export interface Gate {
  /** True: it is meant. Without it nothing is carried out. */
  readonly confirm: boolean;
  /** What the person wrote to confirm, where nobody is asked. */
  readonly confirmationText?: string;
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
  /** How it can be approved. */
  readonly approval: ApprovalOffer;
  /**
   * Carries out what was previewed.
   *
   * Errors: those of the action.
   *
   * @example
   * ```ts
   * const preview = await client.actions.sendMessage({ chat: "me", text: "Charge the pump" });
   * const outcome = await preview.execute(); // with a code: `{ confirmationText, approvalCode }`
   * ```
   */
  execute(gate?: Partial<Gate>): Promise<Outcome<R>>;
}

/** It has been carried out. */
export interface Done<R> {
  readonly status: "done";
  readonly actionId: string;
  /** ISO time. */
  readonly at: string;
  /** True when it had been done before by the same approval, and was not done again. */
  readonly repeated: boolean;
  readonly result: R;
}

/** There was nothing to do: what was asked for holds already. */
export interface Unchanged {
  readonly status: "unchanged";
  readonly actionId: string;
  /** ISO time. */
  readonly at: string;
  /** Which state holds already, in words. */
  readonly reason: string;
}

/** Nothing was sent; the operator has not decided yet. */
export interface AwaitingApproval {
  readonly status: "awaiting_approval";
  readonly actionId: string;
  /** ISO time after which the question is void. */
  readonly expiresAt: string;
  readonly nextStep: string;
}

/** What has happened. Refusals are thrown. */
export type Outcome<R> = Done<R> | Unchanged | AwaitingApproval;

/** For the call, not for the action. */
export interface ActionCallOptions {
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
