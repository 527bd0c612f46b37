import type { Api } from "telegram";
import { toNumber } from "./ids.js";
import { present } from "./present.js";

/** A person or a bot. */
export interface User {
  readonly id: number;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly username?: string;
  /** Digits without a plus sign; only where Telegram shows it to this account. */
  readonly phone?: string;
  readonly isBot: boolean;
  readonly isVerified: boolean;
  readonly isPremium: boolean;
  readonly isDeleted: boolean;
  readonly isSelf: boolean;
  readonly isContact: boolean;
}

export function toUser(user: Api.User): User {
  return {
    id: toNumber(user.id),
    ...present({
      firstName: user.firstName,
      lastName: user.lastName,
      username: user.username ?? activeUsername(user.usernames),
      phone: user.phone,
    }),
    isBot: user.bot ?? false,
    isVerified: user.verified ?? false,
    isPremium: user.premium ?? false,
    isDeleted: user.deleted ?? false,
    isSelf: user.self ?? false,
    isContact: user.contact ?? false,
  };
}

/** First and last name; what people see as the title of a private chat. */
export const fullName = (user: Api.User): string =>
  [user.firstName, user.lastName].filter(Boolean).join(" ") || (user.deleted ? "Deleted Account" : "");

/** Of several names (bought ones among them) the first that is active. */
export const activeUsername = (usernames: Api.TypeUsername[] | null | undefined): string | undefined =>
  usernames?.find(({ active }) => active)?.username;
