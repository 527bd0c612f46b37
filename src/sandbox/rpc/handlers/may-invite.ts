import type { Channel, Group } from "../../world/chat.js";
import { hasRight } from "../../world/members.js";
import type { User } from "../../world/users.js";
import { forbid, refuse } from "./refuse.js";
import type { RequestContext } from "../handler.js";
import { isStranger } from "./may-write.js";

/** help.getConfig tells these two. */
export const MOST_IN_A_GROUP = 200;
const MOST_IN_A_CHANNEL = 200_000;

/** @throws CHAT_WRITE_FORBIDDEN, CHAT_ADMIN_REQUIRED */
export function checkMayInvite({ account }: RequestContext, chat: Group | Channel): void {
  const self = chat.members.get(account.id);
  if (!self) throw forbid("CHAT_WRITE_FORBIDDEN");
  // What members may, admins may, too, whatever their own rights.
  const denied = self.role === "member" ? chat.deniedTo(account.id) : new Set(chat.denied);
  const open = chat.kind !== "channel" && !denied.has("invite_users");
  if (!open && !hasRight(self, "invite_users")) throw forbid("CHAT_ADMIN_REQUIRED");
}

/** @throws USERS_TOO_MUCH */
export function checkRoom({ kind, members }: Group | Channel, more: number): void {
  if (members.count + more > (kind === "group" ? MOST_IN_A_GROUP : MOST_IN_A_CHANNEL)) throw refuse("USERS_TOO_MUCH");
}

/** Whether the account can be in one more supergroup or channel. @throws CHANNELS_TOO_MUCH */
export function checkOneMore({ world, account }: RequestContext): void {
  const joined = [...world.channels.values()].filter(({ members }) => members.get(account.id)).length;
  if (joined >= world.mostChannels) throw refuse("CHANNELS_TOO_MUCH");
}

/**
 * What speaks against adding a person, whatever he himself allows.
 *
 * @throws INPUT_USER_DEACTIVATED, USER_BOT, YOU_BLOCKED_USER, USER_KICKED, USER_NOT_MUTUAL_CONTACT, PEER_FLOOD
 */
export function checkMayBeAdded(context: RequestContext, chat: Group | Channel, user: User): void {
  const { world, account } = context;
  if (user.deleted) throw refuse("INPUT_USER_DEACTIVATED");
  if (user.bot && chat.kind === "channel") throw refuse("USER_BOT");
  if (world.relations.hasBlocked(account.id, user.id)) throw refuse("YOU_BLOCKED_USER");
  if (chat.kind !== "group") checkPast(context, chat, user.id);
  if (world.relations.isLimited(account.id, "strangers") && isStranger(context, user.id)) throw refuse("PEER_FLOOD");
}

/** Who was thrown out comes back by an admin only; who went himself only by somebody he knows. */
function checkPast({ world, account }: RequestContext, channel: Channel, user: number): void {
  const mayUnban = hasRight(channel.members.get(account.id), "ban_users");
  if (channel.banOn(user) && !mayUnban) throw refuse("USER_KICKED");
  const wentHimself = channel.departed.has(user) && !world.relations.areMutual(account.id, user);
  if (wentHimself) throw forbid("USER_NOT_MUTUAL_CONTACT");
}

/** Whether his settings let this account add him: if not, he is told of as missing, and nothing is refused. */
export const letsHimselfBeAdded = ({ world, account }: RequestContext, user: number): boolean =>
  world.relations.allows(user, "invitations", account.id) && !world.relations.hasBlocked(user, account.id);
