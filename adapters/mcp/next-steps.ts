import type { ErrorCode, GuardError } from "tg-guarded";

const NEW_APPROVAL = "Call it with dry_run: true for a new one, and let a person decide about that preview.";

/** What to do after an error, in the words of the tools. What is not here, the package says well enough. */
const NEXT_STEPS: Partial<Readonly<Record<ErrorCode, string>>> = {
  chat_not_found: "Look for the chat with tg_get_my_dialogs, and name it by its id or @username.",
  chat_ambiguous: "Several chats are called so: name one of them by its id.",
  not_a_member: "The account cannot look into that chat. Choose another one: tg_get_my_dialogs lists them.",
  not_allowed:
    "Only chats that a person has allowed may be read or written to. Ask the person, and do not look for a way around it.",
  name_moved:
    "The @username belongs to somebody else than before. Ask the person who is meant, and name the chat by its id.",
  message_not_found: "There is no message of that id in the chat. Look for the right one among its messages.",
  write_denied:
    "tg_get_actions_policy tells what is missing. A person who may decide that can change the configuration.",
  confirmation_required:
    "Call it with dry_run: true and show the preview to the person who decides. After a yes call it with dry_run: false, confirm: true and what else the preview's `needs` names.",
  confirmation_text_invalid:
    "Ask the person for the phrase to confirm with, and pass it as confirmation_text. Do not guess: wrong ones lock.",
  approval_locked: "Wait retry_after_ms, then ask the person for the right ones.",
  approval_invalid: `An approval fits one write exactly, text included, and is used once. ${NEW_APPROVAL}`,
  approval_too_early: "That time is for a person to read the preview. Make the same call again after retry_after_ms.",
  approval_expired: NEW_APPROVAL,
  already_done:
    "If it is really meant twice, give another idempotency_key, or preview it and call it with force_resend: true and a new approval.",
  action_in_progress: "Make the same call again after retry_after_ms: it then tells what came of it.",
  action_unknown:
    "This server has not seen that action. Make the same call again instead: it finds its approval by itself.",
  outcome_unknown:
    "Make the same call again: it finds out what came of it, and cannot do it twice. If that does not help, look into the chat, and use another idempotency_key only if it is not there.",
  session_dead:
    "A person stops this server, which holds the session, logs in again (tg-guarded login --replace), and starts it anew.",
  circuit_open:
    "Do not try again before retry_after_ms. Where there is none, tell the person what error says: only a person may let that pass again. tg_get_stats tells what still passes.",
  quota_exceeded: "The day's quota is used up; tg_get_stats tells what is left. Go on after retry_after_ms.",
  draft_exists: "A person has begun to write there. Leave it, or ask whether it may be replaced (replace: true).",
  batch_unknown: "tg_list_batches lists the batches of this account.",
  batch_not_approved: "Have it approved with tg_approve_batch, again if need be; what is done stays done.",
  batch_busy: "Another call runs it; tg_get_batch_status tells how far it is. Run it again after retry_after_ms.",
  batch_paused: "The day's quota is used up. Run it again after retry_after_ms; it goes on where it stopped.",
  batch_over: "Look at it with tg_get_batch_status, and create a new batch for what is left.",
};

/** Of an argument, as the package names it; variables are written in capitals. */
const OF_ARGUMENT = /^[a-z]/;

/** What an agent can do now. */
export function nextStepOf({ code, details, nextStep }: GuardError): string {
  const path: unknown = "path" in details ? details.path : undefined;
  if (code === "input_invalid" && typeof path === "string" && OF_ARGUMENT.test(path))
    return "Correct the argument, and call again.";
  return NEXT_STEPS[code] ?? nextStep;
}
