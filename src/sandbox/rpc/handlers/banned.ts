import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { eachMember, type Restriction } from "../../world/members.js";
import { wordsOf } from "../../world/name-index.js";
import type { World } from "../../world/world.js";

export interface Removed {
  readonly userId: number;
  readonly restriction: Restriction;
  /** No longer in the chat. */
  readonly left: boolean;
}

/** Who was thrown out (kicked), or is still in it and may do less than the others (banned, in Telegram's words). */
export function removed(
  world: World,
  channel: Channel,
  { _, q }: Tl.channelParticipantsKicked | Tl.channelParticipantsBanned,
): readonly Removed[] {
  const all = _ === "channelParticipantsKicked" ? kicked(channel) : restricted(channel);
  const text = q.trim().toLowerCase();
  if (text === "") return all;
  return all.filter(({ userId }) => {
    const user = world.users.get(userId);
    return user !== undefined && wordsOf(user).some((word) => word.startsWith(text));
  });
}

function kicked(channel: Channel): Removed[] {
  return [...channel.banned.keys()].flatMap((userId) => {
    const restriction = channel.banOn(userId);
    return restriction ? [{ userId, restriction, left: true }] : [];
  });
}

function restricted(channel: Channel): Removed[] {
  const list: Removed[] = [];
  for (const { userId } of eachMember(channel.members)) {
    const restriction = channel.restrictionOn(userId);
    if (restriction) list.push({ userId, restriction, left: false });
  }
  return list;
}

export const kickedCount = (channel: Channel): number => kicked(channel).length;
export const restrictedCount = (channel: Channel): number => restricted(channel).length;
