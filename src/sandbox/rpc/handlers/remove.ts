import type { Group } from "../../world/chat.js";
import { eraseCopies, eraseFrom } from "../../world/erase.js";
import { fromPlace } from "../../world/history.js";
import { expel } from "../../world/joining.js";
import { hasRight, type Member } from "../../world/members.js";
import { restrict } from "../../world/restrict.js";
import type { Told } from "../../world/told.js";
import type { Handlers, RequestContext } from "../handler.js";
import { lastingGroup } from "./administer.js";
import { forbid, refuse } from "./refuse.js";
import { channelOf, mailboxOf, targetOf, userOf } from "./resolve.js";
import { denials } from "./rights-given.js";
import { tell } from "./tell.js";

/** Members may take out those they brought; admins anybody but the creator. */
function checkMayRemove(self: Member | undefined, member: Member): void {
  if (self?.userId === member.userId || member.invitedBy === self?.userId || self?.role === "creator") return;
  if (self?.role !== "admin" || member.role === "creator") throw refuse("CHAT_ADMIN_REQUIRED");
}

/** Takes away what he wrote in a basic group, from everybody. */
function eraseAllOf(context: RequestContext, group: Group, userId: number): Told[] {
  const { world } = context;
  const mailbox = mailboxOf(context);
  const history = mailbox.dialogs.get(`chat:${group.id}`)?.history;
  const ids = history ? [...fromPlace(history)].filter(({ from }) => from?.id === userId).map(({ id }) => id) : [];
  return [...eraseCopies(world, mailbox, ids), ...eraseFrom(world, mailbox, ids).told];
}

const MINUTE = 60;
const LONGEST = 366 * 86_400;

/** Less than half a minute or more than a year from now means for good (core.telegram.org/bots/api#chatpermissions). */
function untilOf({ now }: RequestContext, date: number): number | undefined {
  const left = date - now / 1000;
  return left < MINUTE / 2 || left > LONGEST ? undefined : date;
}

/** Admins are out of reach, save for the creator and for who made them admins. */
function checkMayRestrict(self: Member | undefined, member: Member | undefined): void {
  if (!hasRight(self, "ban_users")) throw forbid("CHAT_ADMIN_REQUIRED");
  if (member?.role === "creator") throw refuse("USER_ADMIN_INVALID");
  const isMine = self?.role === "creator" || member?.invitedBy === self?.userId;
  if (member?.role === "admin" && !isMine) throw refuse("USER_ADMIN_INVALID");
}

export const remove = {
  "messages.deleteChatUser": ({ chat_id, user_id, revoke_history }, context) => {
    const group = lastingGroup(context, chat_id);
    const user = userOf(context, user_id);
    const member = group.members.get(user.id);
    if (!member) throw refuse("USER_NOT_PARTICIPANT");
    checkMayRemove(group.members.get(context.account.id), member);
    const erased = revoke_history ? eraseAllOf(context, group, user.id) : [];
    return tell(context, [...erased, ...expel(context.world, group, user.id, context.account.id)]);
  },
  "channels.leaveChannel": ({ channel: input }, context) => {
    const channel = channelOf(context, input);
    const self = channel.members.get(context.account.id);
    if (!self) throw refuse("USER_NOT_PARTICIPANT");
    if (self.role === "creator") throw refuse("USER_CREATOR");
    return tell(context, expel(context.world, channel, context.account.id, context.account.id));
  },
  "channels.editBanned": ({ channel: input, participant, banned_rights }, context) => {
    const channel = channelOf(context, input);
    const target = targetOf(context, participant);
    if (target.kind !== "user" || target.user.id === context.account.id) throw refuse("PARTICIPANT_ID_INVALID");
    const member = channel.members.get(target.user.id);
    checkMayRestrict(channel.members.get(context.account.id), member);
    const denied = denials(banned_rights);
    if (
      channel.kind === "channel" &&
      denied.some((one) => one !== "view_messages") &&
      !denied.includes("view_messages")
    ) {
      throw refuse("BANNED_RIGHTS_INVALID");
    }
    const date = Math.floor(context.now / 1000);
    const until = untilOf(context, banned_rights.until_date);
    const decision = { denied, by: context.account.id, date, until };
    return tell(context, restrict(context.world, channel, target.user.id, decision));
  },
} satisfies Handlers;
