import type * as Tl from "../tl/types.js";
import { AdminLog } from "./admin-log.js";
import type { History } from "./history.js";
import { Journal } from "./journal.js";
import { hasRight, isInForce, mayManage, type Denial, type Members, type Restriction } from "./members.js";
import type { Forum } from "./forum.js";
import type { Photo } from "./media.js";

export interface GroupSetup {
  readonly id: number;
  readonly title: string;
  readonly about?: string;
  /** Seconds of Unix time. */
  readonly date: number;
  readonly members: Members;
  /** What members may not do beside what they usually may not. */
  readonly denied?: readonly Denial[];
  /** What is written in it may not be passed on. */
  readonly noForwards?: boolean;
  readonly photo?: Photo;
}

export interface ChannelSetup extends GroupSetup {
  readonly kind: "supergroup" | "channel";
  readonly history: History;
  readonly username?: string;
  readonly verified?: boolean;
  /** Members may read but not write. */
  readonly readOnly?: boolean;
  /** Users who were thrown out, with what an admin decided about them. */
  readonly banned?: ReadonlyMap<number, Restriction>;
  /** Only admins see who is in it. */
  readonly hidesMembers?: boolean;
  /** Its messages lie in topics. */
  readonly forum?: Forum;
  /** Accounts that were members once: an export of all one's data still shows them the chat. */
  readonly former?: readonly number[];
  /** So long a member waits from one message to the next. */
  readonly slowModeSeconds?: number;
}

const NOTHING: ReadonlySet<Denial> = new Set();

/** A basic group: its messages live in the mailboxes of its members, each with ids of its own. */
export class Group {
  readonly kind = "group";
  readonly id: number;
  readonly date: number;
  readonly members: Members;
  about: string;
  photo: Photo | undefined;
  denied: readonly Denial[];
  noForwards: boolean;
  title: string;
  /** The supergroup that it has become: nothing more happens here. */
  migratedTo: number | undefined;
  /** Which reactions may be given; all when absent. */
  reactions: Tl.TypeChatReactions | undefined;
  /** So many seconds after they were written messages vanish; 0 for never. */
  ttlPeriod = 0;
  /** Grows with every change of the member list. */
  version = 1;

  constructor(setup: GroupSetup) {
    this.id = setup.id;
    this.title = setup.title;
    this.about = setup.about ?? "";
    this.date = setup.date;
    this.members = setup.members;
    this.denied = setup.denied ?? [];
    this.noForwards = setup.noForwards ?? false;
    this.photo = setup.photo;
  }

  /** What a member may not do, beside what members usually may not. */
  deniedTo(userId: number): ReadonlySet<Denial> {
    return mayManage(this.members.get(userId)) ? NOTHING : new Set(this.denied);
  }

  writableBy(userId: number): boolean {
    if (this.migratedTo !== undefined) return false;
    return this.members.get(userId) !== undefined && !this.deniedTo(userId).has("send_messages");
  }
}

/** A supergroup or a broadcast channel: one history for all. */
export class Channel {
  readonly kind: "supergroup" | "channel";
  readonly id: number;
  readonly date: number;
  readonly members: Members;
  readonly history: History;
  about: string;
  photo: Photo | undefined;
  username: string | undefined;
  readonly verified: boolean;
  readonly readOnly: boolean;
  denied: readonly Denial[];
  noForwards: boolean;
  slowModeSeconds: number;
  /** When each member last wrote, in seconds of Unix time: slow mode counts from there. */
  readonly lastWrote = new Map<number, number>();
  /** Which account has looked at which post, as `account:id`. */
  readonly looked = new Set<string>();
  /** Users who went of their own accord. */
  readonly departed = new Set<number>();
  readonly banned: Map<number, Restriction>;
  hidesMembers: boolean;
  forum: Forum | undefined;
  /** Posts of a channel tell who wrote them. */
  signatures = false;
  /** Who joins does not see what was written before. */
  hidesPast = false;
  /** Admins have to approve whoever wants to join. */
  joinRequest = false;
  /** The basic group that it was before. */
  migratedFrom: number | undefined;
  /** It was deleted. */
  isGone = false;
  /** Which reactions may be given; all when absent. */
  reactions: Tl.TypeChatReactions | undefined;
  /** So many seconds after they were written messages vanish; 0 for never. */
  ttlPeriod = 0;
  readonly former: ReadonlySet<number>;
  /** The discussion group of a channel, or the channel of a discussion group. */
  linked: Channel | undefined;
  readonly journal = new Journal();
  readonly log: AdminLog;
  /** Ids of the pinned messages, the last one pinned first. */
  pinned: readonly number[] = [];
  title: string;

  /** @param now the world's clock, in milliseconds of Unix time */
  constructor(
    setup: ChannelSetup,
    readonly now: () => number,
  ) {
    this.log = new AdminLog(now);
    this.kind = setup.kind;
    this.id = setup.id;
    this.title = setup.title;
    this.about = setup.about ?? "";
    this.photo = setup.photo;
    this.date = setup.date;
    this.members = setup.members;
    this.history = setup.history;
    this.username = setup.username;
    this.verified = setup.verified ?? false;
    this.readOnly = setup.readOnly ?? false;
    this.denied = setup.denied ?? [];
    this.banned = new Map(setup.banned);
    this.hidesMembers = setup.hidesMembers ?? false;
    this.forum = setup.forum;
    this.former = new Set(setup.former);
    this.noForwards = setup.noForwards ?? false;
    this.slowModeSeconds = setup.slowModeSeconds ?? 0;
  }

  /** Why somebody is shut out, as long as that holds. */
  banOn(userId: number): Restriction | undefined {
    return this.#inForce(this.banned.get(userId));
  }

  /** What an admin has forbidden a member, as long as that holds. */
  restrictionOn(userId: number): Restriction | undefined {
    return this.#inForce(this.members.get(userId)?.restriction);
  }

  /** What a member may not do, beside what members usually may not. */
  deniedTo(userId: number): ReadonlySet<Denial> {
    if (mayManage(this.members.get(userId))) return NOTHING;
    const own = this.restrictionOn(userId)?.denied ?? [];
    return new Set([...this.denied, ...own, ...(this.readOnly ? (["send_messages"] as const) : [])]);
  }

  /** Anybody may read a public channel, save those it has banned. */
  readableBy(userId: number): boolean {
    if (this.isGone || this.banOn(userId)) return false;
    return this.username !== undefined || this.members.get(userId) !== undefined || this.former.has(userId);
  }

  writableBy(userId: number): boolean {
    const member = this.members.get(userId);
    if (!member) return false;
    if (this.kind === "channel") return hasRight(member, "post_messages");
    return !this.deniedTo(userId).has("send_messages");
  }

  /** Who is in it is shown to everybody in a supergroup, unless it hides that, and to admins alone in a channel. */
  membersShownTo(userId: number): boolean {
    if (this.kind === "supergroup" && !this.hidesMembers) return true;
    const role = this.members.get(userId)?.role;
    return role === "creator" || role === "admin";
  }

  #inForce(restriction: Restriction | undefined): Restriction | undefined {
    return restriction && isInForce(restriction, this.now() / 1000) ? restriction : undefined;
  }
}

/** Where a message can be sent. A private chat is named by the two people in it. */
export type Conversation = { readonly kind: "private"; readonly between: readonly [number, number] } | Group | Channel;
