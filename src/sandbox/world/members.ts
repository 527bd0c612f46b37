export type Role = "creator" | "admin" | "member";

export interface Member {
  readonly userId: number;
  readonly role: Role;
  /** Seconds of Unix time. */
  readonly since: number;
  readonly invitedBy?: number | undefined;
  /** The title an admin wears. */
  readonly rank?: string | undefined;
}

/** The members of a group or channel. Places are counted from 0 in a fixed order, the creator first. */
export interface Members {
  readonly count: number;
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

export const mayManage = (member: Member | undefined): boolean => member !== undefined && member.role !== "member";

/** All members in memory. */
export class StoredMembers implements Members {
  #list: Member[] = [];
  readonly #byUser = new Map<number, Member>();

  constructor(members: Iterable<Member> = []) {
    for (const member of members) this.add(member);
  }

  get count(): number {
    return this.#list.length;
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
    if (this.#byUser.has(member.userId)) this.#list = this.#list.filter((other) => other.userId !== member.userId);
    this.#list.push(member);
    this.#byUser.set(member.userId, member);
  }

  remove(userId: number): boolean {
    if (!this.#byUser.delete(userId)) return false;
    this.#list = this.#list.filter((member) => member.userId !== userId);
    return true;
  }
}
