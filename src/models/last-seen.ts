import type { Api } from "telegram";
import { toIso } from "./ids.js";

/** When somebody was there: exact, or as vague as their privacy settings leave it. */
export type LastSeen = "online" | "recently" | "lastWeek" | "lastMonth" | "offline" | "unknown";

/** When somebody was last online, as far as Telegram tells. */
export interface Presence {
  readonly status: LastSeen;
  /** ISO time; of `offline` only. */
  readonly lastSeen?: string;
}

export function toPresence(status: Api.TypeUserStatus | undefined): Presence {
  switch (status?.className) {
    case "UserStatusOnline":
      return { status: "online" };
    case "UserStatusRecently":
      return { status: "recently" };
    case "UserStatusLastWeek":
      return { status: "lastWeek" };
    case "UserStatusLastMonth":
      return { status: "lastMonth" };
    case "UserStatusOffline":
      return { status: "offline", lastSeen: toIso(status.wasOnline) };
    default:
      return { status: "unknown" };
  }
}
