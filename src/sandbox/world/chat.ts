import type { History } from "./history.js";
import { Journal } from "./journal.js";
import type { Members } from "./members.js";

export interface GroupSetup {
  readonly id: number;
  readonly title: string;
  readonly about?: string;
  /** Seconds of Unix time. */
  readonly date: number;
  readonly members: Members;
}

export interface ChannelSetup extends GroupSetup {
  readonly kind: "supergroup" | "channel";
  readonly history: History;
  readonly username?: string;
  readonly verified?: boolean;
  /** Members may read but not write. */
  readonly readOnly?: boolean;
  /** Users who were thrown out for good. */
  readonly banned?: readonly number[];
}

/** A basic group: its messages live in the mailboxes of its members, each with ids of its own. */
export class Group {
  readonly kind = "group";
  readonly id: number;
  readonly about: string;
  readonly date: number;
  readonly members: Members;
  title: string;
  /** Grows with every change of the member list. */
  version = 1;

  constructor(setup: GroupSetup) {
    this.id = setup.id;
    this.title = setup.title;
    this.about = setup.about ?? "";
    this.date = setup.date;
    this.members = setup.members;
  }
}

/** A supergroup or a broadcast channel: one history for all. */
export class Channel {
  readonly kind: "supergroup" | "channel";
  readonly id: number;
  readonly about: string;
  readonly date: number;
  readonly members: Members;
  readonly history: History;
  readonly username: string | undefined;
  readonly verified: boolean;
  readonly readOnly: boolean;
  readonly banned: Set<number>;
  readonly journal = new Journal();
  /** Ids of the pinned messages, the last one pinned first. */
  pinned: readonly number[] = [];
  title: string;

  constructor(setup: ChannelSetup) {
    this.kind = setup.kind;
    this.id = setup.id;
    this.title = setup.title;
    this.about = setup.about ?? "";
    this.date = setup.date;
    this.members = setup.members;
    this.history = setup.history;
    this.username = setup.username;
    this.verified = setup.verified ?? false;
    this.readOnly = setup.readOnly ?? false;
    this.banned = new Set(setup.banned);
  }

  /** Anybody may read a public channel, save those it has banned. */
  readableBy(userId: number): boolean {
    if (this.banned.has(userId)) return false;
    return this.username !== undefined || this.members.get(userId) !== undefined;
  }

  writableBy(userId: number): boolean {
    const member = this.members.get(userId);
    if (!member) return false;
    return member.role !== "member" || (this.kind === "supergroup" && !this.readOnly);
  }
}

/** Where a message can be sent. A private chat is named by the two people in it. */
export type Conversation = { readonly kind: "private"; readonly between: readonly [number, number] } | Group | Channel;
