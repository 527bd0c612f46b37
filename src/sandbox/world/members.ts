import type * as Tl from "../tl/types.js";

type Role = "creator" | "admin" | "member";

export interface Member {
  readonly userId: number;
  readonly role: Role;
  /** Seconds of Unix time. */
  readonly since: number;
  readonly invitedBy?: number | undefined;
  /** The title an admin wears. */
  readonly rank?: string | undefined;
  /** What an admin may do; all that admins usually may when absent. */
  readonly rights?: readonly AdminRight[] | undefined;
  /** Set for a member who may do less than the others. */
  readonly restriction?: Restriction | undefined;
}

type Flags<T> = { [K in keyof T]-?: true extends T[K] ? K : never }[keyof T];

/** What an admin may do, by the names of Telegram's flags (core.telegram.org/constructor/chatAdminRights). */
export type AdminRight = Flags<Tl.chatAdminRights>;

/** Something that can be denied, in the name of Telegram's flag: `send_messages`, `pin_messages`… */
export type Denial = Flags<Tl.chatBannedRights>;

/** What an admin has forbidden one user (core.telegram.org/api/rights). Denying `view_messages` throws him out. */
export interface Restriction {
  readonly denied: readonly Denial[];
  readonly by: number;
  /** Seconds of Unix time. */
  readonly date: number;
  /** Until when, in seconds of Unix time; for good when absent. */
  readonly until?: number | undefined;
}

export const isInForce = ({ until }: Restriction, now: number): boolean => until === undefined || until > now;

/** The members of a group or channel. Places are counted from 0 in a fixed order, the creator first. */
export interface Members {
  readonly count: number;
  /** Grows with every change. */
  readonly version: number;
  get(userId: number): Member | undefined;
  at(place: number): Member | undefined;
  /** The creator and the admins. */
  managers(): readonly Member[];
  add(member: Member): void;
  remove(userId: number): boolean;
}

export function* eachMember(members: Members): Generator<Member> {
  for (let place = 0; place < members.count; place++) {
    const member = members.at(place);
    if (member) yield member;
  }
}

const USUAL: readonly AdminRight[] = [
  "change_info",
  "delete_messages",
  "invite_users",
  "ban_users",
  "manage_call",
  "other",
];
const USUAL_IN_CHANNELS: readonly AdminRight[] = ["post_messages", "edit_messages"];
const USUAL_IN_GROUPS: readonly AdminRight[] = ["pin_messages"];

/** What an admin of whom nothing else is said may do. */
export const usualRights = (kind: "group" | "supergroup" | "channel"): readonly AdminRight[] => [
  ...USUAL,
  ...(kind === "channel" ? USUAL_IN_CHANNELS : USUAL_IN_GROUPS),
];

/** Some rights are asked for in channels alone, others everywhere else. */
const USUAL_ANYWHERE: readonly AdminRight[] = [...USUAL, ...USUAL_IN_CHANNELS, ...USUAL_IN_GROUPS];

/** Whether an admin has this right; the creator has them all. */
export const hasRight = (member: Member | undefined, right: AdminRight): boolean =>
  member?.role === "creator" || (member?.role === "admin" && (member.rights ?? USUAL_ANYWHERE).includes(right));

export const mayManage = (member: Member | undefined): boolean => member !== undefined && member.role !== "member";

/** All members in memory. */
export class StoredMembers implements Members {
  #list: Member[] = [];
  #version = 0;
  readonly #byUser = new Map<number, Member>();

  constructor(members: Iterable<Member> = []) {
    for (const member of members) this.add(member);
  }

  get count(): number {
    return this.#list.length;
  }

  get version(): number {
    return this.#version;
  }

  get(userId: number): Member | undefined {
    return this.#byUser.get(userId);
  }

  at(place: number): Member | undefined {
    return this.#list[place];
  }

  managers(): readonly Member[] {
    return this.#list.filter(mayManage);
  }

  add(member: Member): void {
    this.#version += 1;
    const known = this.#byUser.get(member.userId);
    if (known) this.#list[this.#list.indexOf(known)] = member;
    else this.#list.push(member);
    this.#byUser.set(member.userId, member);
  }

  remove(userId: number): boolean {
    if (!this.#byUser.delete(userId)) return false;
    this.#version += 1;
    this.#list = this.#list.filter((member) => member.userId !== userId);
    return true;
  }
}
