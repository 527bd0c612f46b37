import type * as Tl from "../../tl/types.js";
import type { Deed } from "../../world/admin-log.js";
import type { Channel, Group } from "../../world/chat.js";
import { hasRight, type AdminRight } from "../../world/members.js";
import { peerOfChat } from "../../world/present/cast.js";
import { tellChannel, tellOf, type Told } from "../../world/told.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { groupOf, targetOf } from "./resolve.js";

/** @throws CHAT_ADMIN_REQUIRED */
export function checkRight({ account }: RequestContext, { members }: Group | Channel, right: AdminRight): void {
  if (!hasRight(members.get(account.id), right)) throw refuse("CHAT_ADMIN_REQUIRED");
}

/** Who may change how a chat looks. @throws CHAT_ADMIN_REQUIRED */
export const checkMayChange = (context: RequestContext, chat: Group | Channel): void => {
  checkRight(context, chat, "change_info");
};

/** @throws CHAT_ADMIN_REQUIRED */
export function checkIsCreator({ account }: RequestContext, { members }: Group | Channel): void {
  if (members.get(account.id)?.role !== "creator") throw refuse("CHAT_ADMIN_REQUIRED");
}

/** A basic group that has not become a supergroup. @throws CHAT_ID_INVALID */
export function lastingGroup(context: RequestContext, id: bigint): Group {
  const group = groupOf(context, id, "CHAT_ID_INVALID");
  if (group.migratedTo !== undefined) throw refuse("CHAT_ID_INVALID");
  return group;
}

/** The same for who is in it. @throws CHAT_ID_INVALID */
export function standingGroup(context: RequestContext, id: bigint): Group {
  const group = lastingGroup(context, id);
  if (!group.members.get(context.account.id)) throw refuse("CHAT_ID_INVALID");
  return group;
}

/** @throws PEER_ID_INVALID for people */
export function chatAt(context: RequestContext, input: Tl.TypeInputPeer): Group | Channel {
  const target = targetOf(context, input);
  if (target.kind === "user" || (target.kind === "group" && target.migratedTo !== undefined)) {
    throw refuse("PEER_ID_INVALID");
  }
  return target;
}

/** All members hear that something about the chat has changed, and what it is like now. */
export function tellChanged({ world }: RequestContext, chat: Group | Channel): Told[] {
  return world.membersAmongAccounts(chat).map((viewer) => {
    if (chat.kind !== "group") return tellChannel(world, viewer, chat.id);
    return tellOf(world, viewer, peerOfChat(chat), { _: "updateChat", chat_id: BigInt(chat.id) });
  });
}

/** Keeps what was done for the admins of a supergroup or channel to look up. */
export function note({ account }: RequestContext, chat: Group | Channel, deed: Deed): void {
  if (chat.kind !== "group") chat.log.add(account.id, deed);
}
