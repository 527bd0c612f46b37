import type { Redacted } from "../redacted.js";
import type { SessionKey } from "./session-string.js";

/** Whose session it is, as far as is known without asking Telegram. */
export interface SessionAccount {
  readonly id: number;
  /** As it was when it was noted. */
  readonly username?: string;
}

/** What may be read of a session without its key. */
export interface SessionHead {
  readonly dcId: number;
  readonly account?: SessionAccount;
  /** The id of the state store that the session belongs to. */
  readonly store?: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

/** One login, with what is known about it. */
export interface SessionRecord {
  readonly head: SessionHead;
  readonly key: Redacted<SessionKey>;
}
