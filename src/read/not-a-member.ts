import { GuardError, isGuardError } from "../errors.js";
import type { ChatRef } from "../telegram/chat-ref.js";

/** What Telegram says when the account may not look into a chat (core.telegram.org/api/errors). */
const NO_ACCESS = /^(CHANNEL_PRIVATE|CHAT_FORBIDDEN|USER_NOT_PARTICIPANT|CHANNEL_PUBLIC_GROUP_NA)$/;

/** Names the chat in the error when the account may not look into it. */
export async function withChat<T>(chat: ChatRef, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isGuardError(error, "telegram_error") || !NO_ACCESS.test(error.details.name)) throw error;
    throw new GuardError("not_a_member", `This account may not look into "${chat}".`, {
      details: { chat: String(chat) },
      nextStep: "Join the chat with this account, or use a session of an account that is in it.",
      cause: error,
    });
  }
}
