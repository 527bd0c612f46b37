import type { Presence, User } from "tg-guarded";
import { z } from "zod";
import { defined, flag } from "./defined.js";
import { isoTime, nameText } from "./words.js";

const holds = z.literal(true).optional();

/** A person or bot wherever one appears, with the original's names; what does not hold is left out. */
export const userSchema = z.object({
  id: z.int(),
  username: nameText().optional(),
  first_name: nameText().optional(),
  last_name: nameText().optional(),
  phone: z.string().regex(/^\d+$/).optional().describe("Where Telegram shows it to this account."),
  is_bot: holds,
  is_verified: holds,
  is_premium: holds,
  is_deleted: holds,
});

/** With when they were last there. */
export const presentUserSchema = userSchema.extend({
  status: z.enum(["online", "recently", "last_week", "last_month", "offline", "unknown"]),
  last_seen: isoTime().optional(),
});

const DIGITS = /^\d+$/;

export const showUser = (user: User): z.input<typeof userSchema> =>
  defined({
    id: user.id,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    phone: user.phone !== undefined && DIGITS.test(user.phone) ? user.phone : undefined,
    is_bot: flag(user.isBot),
    is_verified: flag(user.isVerified),
    is_premium: flag(user.isPremium),
    is_deleted: flag(user.isDeleted),
  });

const STATUS = {
  online: "online",
  recently: "recently",
  lastWeek: "last_week",
  lastMonth: "last_month",
  offline: "offline",
  unknown: "unknown",
} as const satisfies Record<Presence["status"], string>;

export const showPresentUser = (user: User & Presence): z.input<typeof presentUserSchema> =>
  defined({ ...showUser(user), status: STATUS[user.status], last_seen: user.lastSeen });
