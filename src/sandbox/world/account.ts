/** A person's login: what a client needs to sign in. The person is a user with the same id. */
export interface Account {
  readonly id: number;
  readonly username?: string;
  /** Digits only, as Telegram writes it. */
  readonly phone: string;
  /** The login code that this server accepts. */
  readonly code: string;
  /** Set when two-step verification is on. */
  readonly password?: string;
}
