/** A way in which Telegram sends a login code (core.telegram.org/api/auth#code-types). */
export type CodeWay = "app" | "sms" | "call" | "flash-call" | "missed-call" | "email";

/** A person's or bot's login: what a client needs to sign in. The person is a user with the same id. */
export interface Account {
  readonly id: number;
  readonly username?: string | undefined;
  /** Digits only, as Telegram writes it; empty for a bot. */
  readonly phone: string;
  /** The login code that this server accepts; a bot gets none. */
  readonly code: string;
  /** What a bot logs in with, and people do not. */
  readonly token?: string | undefined;
  /** Set when two-step verification is on. */
  readonly password?: string | undefined;
  /** What the account's owner wrote down to remember the password by. */
  readonly hint?: string | undefined;
  /** Where codes by e-mail go, for the login and for a forgotten password. */
  readonly email?: string | undefined;
  /** The data centre where the account lives. */
  readonly dcId?: number | undefined;
  /** How codes are sent: the first way, and what resending turns to; app, SMS and call by default. */
  readonly codeWays?: readonly CodeWay[] | undefined;
  /** The account has been deleted: its number is nobody's. */
  readonly deleted?: boolean | undefined;
  /** Why no code is sent to the number. */
  readonly phoneRefused?: "PHONE_NUMBER_BANNED" | "PHONE_NUMBER_FLOOD" | undefined;
}

/** What can be changed about an account's login. */
export type LoginChange = Partial<Omit<Account, "id" | "username" | "phone" | "token" | "dcId" | "deleted">>;

/** What an account begins with, beside what is known of the person. */
export type LoginStart = Omit<Account, "id" | "username" | "phone" | "token">;
