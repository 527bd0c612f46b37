import { isGuardError, type ErrorCode } from "../../errors.js";
import type { ItemEnd, ItemSettling } from "../../state/batch-item.js";
import { ItemEnded } from "./item-ended.js";

/** Errors of ours that concern this one item. All others concern the run: they end it, and the item waits. */
const BY_CODE: Partial<Readonly<Record<ErrorCode, ItemEnd>>> = {
  not_allowed: "blocked_policy",
  policy_refused: "blocked_policy",
  not_a_member: "blocked_rights",
  chat_not_found: "failed",
  chat_ambiguous: "failed",
  name_moved: "failed",
  input_invalid: "failed",
  message_not_found: "failed",
};

/**
 * Telegram's refusals that mean: this account may not do that there, or that person does not allow it
 * (core.telegram.org/method/channels.inviteToChannel, messages.addChatUser, channels.deleteMessages, channels.leaveChannel).
 */
const RIGHTS: ReadonlySet<string> = new Set([
  "CHANNEL_PRIVATE",
  "CHAT_ADMIN_INVITE_REQUIRED",
  "CHAT_ADMIN_REQUIRED",
  "CHAT_FORBIDDEN",
  "CHAT_WRITE_FORBIDDEN",
  "MESSAGE_DELETE_FORBIDDEN",
  "RIGHT_FORBIDDEN",
  "USER_BANNED_IN_CHANNEL",
  "USER_CREATOR",
  "USER_KICKED",
  "USER_NOT_MUTUAL_CONTACT",
  "USER_NOT_PARTICIPANT",
  "USER_PRIVACY_RESTRICTED",
  "YOU_BLOCKED_USER",
]);

/** What befalls the account and not the item: the next item would fare no better. */
const OF_ACCOUNT = /^(PEER_FLOOD|FROZEN_\w+)$/;

/** How an error ends its item; `undefined` when it is not the item's own. */
export function endingOf(error: unknown): ItemSettling | undefined {
  if (error instanceof ItemEnded) return error.ending;
  if (!isGuardError(error)) return undefined;
  if (isGuardError(error, "telegram_error")) {
    const { name, passing } = error.details;
    if (passing || OF_ACCOUNT.test(name)) return undefined;
    return { status: RIGHTS.has(name) ? "blocked_rights" : "failed", code: name };
  }
  const status = BY_CODE[error.code];
  return status && { status, code: error.code };
}

const WORDS: Readonly<Record<string, string>> = {
  not_allowed: "not on the allowlist",
  policy_refused: "refused by a policy of yours",
  not_a_member: "this account may not look into it",
  chat_not_found: "not found",
  chat_ambiguous: "several chats are called so",
  name_moved: "the name belongs to somebody else now",
  message_not_found: "there is no such message",
  input_invalid: "not a chat that this can be done in",
};

/** Why an item is blocked, for a person. */
export const inWords = (code: string | undefined): string => WORDS[code ?? ""] ?? code ?? "it cannot be done";

/** After how long one may go on, where an error says that the day's quota is used up or nothing passes for a while. */
export function pauseOf(error: unknown): number | undefined {
  if (isGuardError(error, "quota_exceeded") || isGuardError(error, "circuit_open")) return error.details.retryAfterMs;
  return undefined;
}
