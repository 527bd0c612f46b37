import type * as Tl from "../tl/types.js";

/** What accounts have set and only read again. */
export class Settings {
  /** After how many days without use an account is deleted. */
  readonly ttlDays = new Map<number, number>();
  /** The bars above chats that were put away, as `account>peer`. */
  readonly hiddenBars = new Set<string>();
  /** After how many seconds messages of new chats vanish. */
  readonly historyTtl = new Map<number, number>();
  readonly globalPrivacy = new Map<number, Tl.TypeGlobalPrivacySettings>();
}
