import type { Api } from "telegram";
import { toAdminRights, type AdminRights } from "./admin-rights.js";
import { markedId, toIso, toNumber } from "./ids.js";
import { toPresence, type Presence } from "./last-seen.js";
import type { Names } from "./names.js";
import { present } from "./present.js";
import { toUser, type User } from "./user.js";

/** `restricted` may look but not do everything; `banned` may not come in; `left` is there no more. */
export type Role = "creator" | "admin" | "member" | "restricted" | "banned" | "left";

/** Somebody in a group, supergroup or channel. A banned channel has its own id and its title as `firstName`. */
export interface Participant extends User, Presence {
  readonly role: Role;
  /** The title an admin wears. */
  readonly rank?: string;
  /** ISO time of joining; of `restricted` and `banned`: of the restriction. Telegram does not tell the creator's. */
  readonly joinedDate?: string;
  readonly invitedBy?: number;
  readonly promotedBy?: number;
  readonly adminRights?: AdminRights;
  /** Who restricted or banned them. */
  readonly bannedBy?: number;
  /** ISO time; absent where it is for good. */
  readonly bannedUntil?: string;
}

type Membership = Omit<Participant, keyof User | keyof Presence>;

/** `users` are those of the same answer, by id. */
export function toParticipant(
  participant: Api.TypeChannelParticipant | Api.TypeChatParticipant,
  users: ReadonlyMap<number, Api.User>,
  names: Names,
): Participant {
  const id = idOf(participant);
  const user = users.get(id);
  const who = user === undefined ? unknownUser(id, names) : { ...toUser(user), ...toPresence(user.status) };
  return { ...who, ...membership(participant) };
}

const idOf = (participant: Api.TypeChannelParticipant | Api.TypeChatParticipant): number =>
  "peer" in participant ? markedId(participant.peer) : toNumber(participant.userId);

const unknownUser = (id: number, names: Names): User & Presence => ({
  id,
  ...present({ firstName: names.get(id)?.name, username: names.get(id)?.username }),
  isBot: false,
  isVerified: false,
  isPremium: false,
  isDeleted: false,
  isSelf: false,
  isContact: false,
  status: "unknown",
});

function membership(participant: Api.TypeChannelParticipant | Api.TypeChatParticipant): Membership {
  switch (participant.className) {
    case "ChatParticipantCreator":
      return { role: "creator" };
    case "ChatParticipantAdmin":
      return { role: "admin", ...joined(participant) };
    case "ChatParticipant":
    case "ChannelParticipant":
    case "ChannelParticipantSelf":
      return { role: "member", ...joined(participant) };
    case "ChannelParticipantCreator":
      return { role: "creator", ...manager(participant) };
    case "ChannelParticipantAdmin": {
      const promotedBy = toNumber(participant.promotedBy);
      return { role: "admin", ...joined(participant), promotedBy, ...manager(participant) };
    }
    case "ChannelParticipantBanned":
      return banned(participant);
    case "ChannelParticipantLeft":
      return { role: "left" };
  }
}

interface Joined {
  readonly date: number;
  readonly inviterId?: { toJSNumber(): number };
}

function joined(participant: Joined): Partial<Membership> {
  const invitedBy = participant.inviterId ? toNumber(participant.inviterId) : undefined;
  return { joinedDate: toIso(participant.date), ...present({ invitedBy }) };
}

const manager = ({ adminRights, rank }: { adminRights: Api.TypeChatAdminRights; rank?: string }) => ({
  adminRights: toAdminRights(adminRights),
  ...present({ rank }),
});

/** Who may not even look in is banned; the end of time is written as 0 or as the largest number. */
function banned({ bannedRights, kickedBy, date }: Api.ChannelParticipantBanned): Membership {
  return {
    role: bannedRights.viewMessages ? "banned" : "restricted",
    joinedDate: toIso(date),
    bannedBy: toNumber(kickedBy),
    ...present({ bannedUntil: bannedUntil(bannedRights) }),
  };
}

const FOREVER = 2 ** 31 - 1;

export const bannedUntil = ({ untilDate }: Pick<Api.TypeChatBannedRights, "untilDate">): string | undefined =>
  untilDate === 0 || untilDate >= FOREVER ? undefined : toIso(untilDate);
