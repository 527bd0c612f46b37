import type { Mailbox } from "./mailbox.js";

/** Who may do something to a user. */
export type Audience = "everybody" | "contacts" | "nobody";

export interface Privacy {
  /** Who may add him to groups and channels. */
  readonly invitations?: Audience;
  /** Who sees a link to his account where his messages are forwarded. */
  readonly forwards?: Audience;
}

/** What Telegram keeps an account from after complaints. */
export interface Limits {
  /** Writing to people who never wrote to him and are no contacts, and inviting them: PEER_FLOOD. */
  readonly strangers?: boolean;
  /** Writing in public groups: USER_BANNED_IN_CHANNEL. */
  readonly publicGroups?: boolean;
}

/** What people allow one another. */
export class Relations {
  readonly #blocked = new Map<number, Map<number, number>>();
  readonly #privacy = new Map<number, Privacy>();
  readonly #limits = new Map<number, Limits>();

  /** @param mailboxOf gives the mailbox of somebody who has an account here: only these have contacts of their own */
  constructor(readonly mailboxOf: (userId: number) => Mailbox | undefined) {}

  /** @param date seconds of Unix time */
  block(by: number, user: number, date: number): void {
    const blocked = this.#blocked.get(by) ?? new Map<number, number>();
    if (!blocked.has(user)) blocked.set(user, date);
    this.#blocked.set(by, blocked);
  }

  unblock(by: number, user: number): void {
    this.#blocked.get(by)?.delete(user);
  }

  hasBlocked(by: number, user: number): boolean {
    return this.#blocked.get(by)?.has(user) ?? false;
  }

  /** Whom somebody has blocked and when, the last one first. */
  blockedBy(by: number): readonly (readonly [user: number, date: number])[] {
    return [...(this.#blocked.get(by) ?? [])].reverse();
  }

  setPrivacy(user: number, privacy: Privacy): void {
    this.#privacy.set(user, { ...this.#privacy.get(user), ...privacy });
  }

  /** Whether a user lets another one do something. */
  allows(user: number, what: keyof Privacy, other: number): boolean {
    const audience = this.#privacy.get(user)?.[what] ?? "everybody";
    return audience === "everybody" || (audience === "contacts" && this.knows(user, other));
  }

  setLimits(account: number, limits: Limits): void {
    this.#limits.set(account, { ...this.#limits.get(account), ...limits });
  }

  isLimited(account: number, what: keyof Limits): boolean {
    return this.#limits.get(account)?.[what] ?? false;
  }

  /** Whether one has the other among his contacts. */
  knows(user: number, other: number): boolean {
    return this.mailboxOf(user)?.contacts.has(other) ?? false;
  }

  areMutual(one: number, other: number): boolean {
    return this.knows(one, other) && this.knows(other, one);
  }
}
