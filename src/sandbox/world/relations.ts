import type { Mailbox } from "./mailbox.js";

/** Who may do something to a user, or see something of him. */
export type Audience = "everybody" | "contacts" | "nobody";

/** What a person allows to whom. */
export interface Privacy {
  /** Who may add him to groups and channels. */
  readonly invitations?: Audience;
  /** Who sees a link to his account where his messages are forwarded. */
  readonly forwards?: Audience;
  /** Who sees when he was last online; the others learn of it vaguely. */
  readonly lastSeen?: Audience;
  /** Who sees his number, beside those who have it among their contacts; his own contacts by default. */
  readonly phone?: Audience;
  /** Who finds him by his number. */
  readonly byPhone?: Audience;
  readonly photo?: Audience;
  readonly about?: Audience;
  readonly calls?: Audience;
  /** Who may send him voice messages. */
  readonly voices?: Audience;
}

/** What somebody has set about one of these: for whom it holds, and who is excepted from it. */
export interface PrivacyRule {
  readonly audience: Audience;
  readonly allowed: readonly number[];
  readonly denied: readonly number[];
}

const ruleFor = (audience: Audience): PrivacyRule => ({ audience, allowed: [], denied: [] });

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
  readonly #privacy = new Map<string, PrivacyRule>();
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
    for (const [what, audience] of Object.entries(privacy) as [keyof Privacy, Audience | undefined][]) {
      if (audience !== undefined) this.setRule(user, what, ruleFor(audience));
    }
  }

  setRule(user: number, what: keyof Privacy, rule: PrivacyRule): void {
    this.#privacy.set(`${user}:${what}`, rule);
  }

  ruleOf(user: number, what: keyof Privacy): PrivacyRule {
    return this.#privacy.get(`${user}:${what}`) ?? ruleFor(what === "phone" ? "contacts" : "everybody");
  }

  /** Whether a user lets another one do something. */
  allows(user: number, what: keyof Privacy, other: number): boolean {
    const { audience, allowed, denied } = this.ruleOf(user, what);
    if (user === other || allowed.includes(other)) return true;
    if (denied.includes(other)) return false;
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
