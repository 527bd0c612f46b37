import type { Chat } from "./chat.js";

/** A chat in the account's list. */
export interface Dialog extends Chat {
  readonly unreadCount: number;
  readonly isPinned: boolean;
  /** Id of the newest message. */
  readonly topMessageId: number;
  /** ISO time of the newest message, where it is known. */
  readonly lastMessageDate?: string;
}
