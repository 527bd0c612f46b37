import type { Chat } from "./chat.js";

/** A chat with what Telegram tells on request: of a group, supergroup, channel, person or bot. */
export interface ChatInfo extends Omit<Chat, "isBot"> {
  /** The description, or what somebody says about themselves. */
  readonly about?: string;
  /** The discussion group of a channel, or the channel of a discussion group. */
  readonly linkedChatId?: number;
  readonly pinnedMessageId?: number;
  /** Between two messages of one member; absent without slow mode. */
  readonly slowModeSeconds?: number;
  /** Messages in it delete themselves after so long. */
  readonly selfDestructSeconds?: number;
  /** ISO time at which it was made; of a supergroup or channel the account is in: at which it joined. */
  readonly date?: string;
  readonly adminsCount?: number;
  /** How many are there right now. */
  readonly onlineCount?: number;
  /** Supergroup that a group became. */
  readonly migratedToChatId?: number;
  /** Group that a supergroup was. */
  readonly migratedFromChatId?: number;
  /** Of a person or bot: groups that this account shares with them. */
  readonly commonChatsCount?: number;
  /** Of a person or bot. */
  readonly firstName?: string;
  readonly lastName?: string;
  /** Of a person who shows it: digits without a plus sign. */
  readonly phone?: string;
  readonly isBot: boolean;
  readonly isPremium: boolean;
  /** Has topics. */
  readonly isForum: boolean;
  readonly isVerified: boolean;
  /** Telegram warns of it. */
  readonly isScam: boolean;
  /** Telegram says it poses as somebody else. */
  readonly isFake: boolean;
  /** Its messages may not be forwarded or saved. */
  readonly isProtected: boolean;
  /** The account may ask for the list of members. */
  readonly canViewParticipants: boolean;
}
