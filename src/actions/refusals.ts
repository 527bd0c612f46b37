import { GuardError, isGuardError } from "../errors.js";

/** Why an action was not carried out, and what to do. */
const AGAIN = "Preview the action again to get a new approval.";

export const notConfirmed = (actionId: string): GuardError<"confirmation_required"> =>
  new GuardError("confirmation_required", "The action was not confirmed; nothing was sent.", {
    details: { actionId },
    nextStep: "Preview it, let a person decide, then call again with confirm: true and the approval.",
  });

export const approvalInvalid = (actionId: string): GuardError<"approval_invalid"> =>
  new GuardError("approval_invalid", "There is no such approval for this action; nothing was sent.", {
    details: { actionId },
    nextStep: `An approval fits one action exactly, text included, and is used once. ${AGAIN}`,
  });

/** The approval was right, and is void. */
export const changedSince = (actionId: string): GuardError<"approval_invalid"> =>
  new GuardError(
    "approval_invalid",
    "What the action concerns has changed since the preview: a message was edited, or new ones came. Nothing was sent.",
    { details: { actionId }, nextStep: AGAIN },
  );

/** The code fits, but not this. */
export const approvalOfAnother = (actionId: string, other: string): GuardError<"approval_invalid"> =>
  new GuardError(
    "approval_invalid",
    `That approval was given for another action, ${other}: the call differs from the preview, or the file or message it concerns has changed since. Nothing was sent.`,
    { details: { actionId }, nextStep: AGAIN },
  );

/** A preview asks for it in `approval.needs`. */
export const textMissing = (actionId: string): GuardError<"confirmation_text_invalid"> =>
  textRefused(actionId, "The confirmation text is missing; nothing was sent.");

export const textTooShort = (actionId: string, minLength: number): GuardError<"confirmation_text_invalid"> =>
  textRefused(actionId, `The confirmation text has less than ${minLength} characters; nothing was sent.`);

export const textWrong = (actionId: string): GuardError<"confirmation_text_invalid"> =>
  textRefused(actionId, "The confirmation text is not the agreed phrase; nothing was sent.");

const textRefused = (actionId: string, message: string): GuardError<"confirmation_text_invalid"> =>
  new GuardError("confirmation_text_invalid", message, {
    details: { actionId },
    nextStep:
      "Ask the person for the phrase to confirm with, and pass it as confirmationText. Do not guess: wrong ones lock.",
  });

export const approvalLocked = (actionId: string, retryAfterMs: number): GuardError<"approval_locked"> =>
  new GuardError("approval_locked", "Too many wrong codes or phrases; none counts for a while. Nothing was sent.", {
    details: { actionId, retryAfterMs },
    nextStep: "Wait retryAfterMs, then ask the person for the right ones.",
  });

/** The state says approved, but the operator's key did not sign it. */
export const approvalForged = (actionId: string): GuardError<"approval_invalid"> =>
  new GuardError("approval_invalid", "The approval was not given with the operator's secret; nothing was sent.", {
    details: { actionId },
    nextStep: "Somebody changed the state, or the operator's key was replaced. A person should look into it.",
  });

export const actionsOff = (method: string, reason: string): GuardError<"write_denied"> =>
  new GuardError("write_denied", reason, {
    details: { method },
    nextStep: "actions.policy() tells what is missing. A person who may decide that can change the configuration.",
  });

export const actionUnknown = (actionId: string): GuardError<"action_unknown"> =>
  new GuardError("action_unknown", "This client has not previewed or called such an action.", {
    details: { actionId },
    nextStep: "Make the same call again: it finds its approval by itself.",
  });

export const approvalExpired = (actionId: string): GuardError<"approval_expired"> =>
  new GuardError("approval_expired", "The approval's time is over; nothing was sent.", {
    details: { actionId },
    nextStep: AGAIN,
  });

export const approvalTooEarly = (actionId: string, retryAfterMs: number): GuardError<"approval_too_early"> =>
  new GuardError(
    "approval_too_early",
    `The approval counts in ${Math.ceil(retryAfterMs / 1000)} s; nothing was sent.`,
    {
      details: { actionId, retryAfterMs },
      nextStep: "That time is for a person to read the preview. Call again after retryAfterMs.",
    },
  );

export const approvalRejected = (actionId: string): GuardError<"approval_rejected"> =>
  new GuardError("approval_rejected", "The approver said no; nothing was sent.", {
    details: { actionId },
    nextStep: "Do not try again unless the person asks for it.",
  });

export const alreadyDone = (actionId: string, at: number): GuardError<"already_done"> =>
  new GuardError("already_done", `The same action was done at ${iso(at)}; it was not done again.`, {
    details: { actionId, doneAt: iso(at) },
    nextStep: "If it is really meant twice, call with forceResend: true and a new approval, or give an idempotencyKey.",
    applied: "yes",
  });

export const inProgress = (actionId: string, retryAfterMs: number): GuardError<"action_in_progress"> =>
  new GuardError("action_in_progress", "Another process is carrying out this action.", {
    details: { actionId, retryAfterMs },
    nextStep: "Call again after retryAfterMs: the same call then tells what came of it.",
    applied: "unknown",
  });

export const outcomeUnknown = (actionId: string, cause?: unknown): GuardError<"outcome_unknown"> =>
  new GuardError("outcome_unknown", "Whether the action reached Telegram is not known.", {
    details: { actionId },
    // What is held back finds nothing out before it passes again.
    nextStep: `${isGuardError(cause, "circuit_open") ? `${cause.nextStep} Then make` : "Make"} the same call again, with the same approval: it finds out, and cannot do it twice.`,
    applied: "unknown",
    cause,
  });

/** Too much time has passed to send it again safely. */
export const outcomeLost = (actionId: string): GuardError<"outcome_unknown"> =>
  new GuardError("outcome_unknown", "Whether the action reached Telegram long ago cannot be found out.", {
    details: { actionId },
    nextStep: "Look into the chat. If it is not there, preview the action again with another idempotencyKey.",
    applied: "unknown",
  });

const iso = (at: number): string => new Date(at).toISOString();
