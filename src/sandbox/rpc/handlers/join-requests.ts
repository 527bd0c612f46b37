import type * as Tl from "../../tl/types.js";
import type { Channel, Group } from "../../world/chat.js";
import type { Guest } from "../../world/invites.js";
import { admit } from "../../world/joining.js";
import { mayManage } from "../../world/members.js";
import { tlPeer } from "../../world/peer.js";
import { Cast, peerOfChat } from "../../world/present/cast.js";
import { tellOf, type Told } from "../../world/told.js";
import type { World } from "../../world/world.js";
import type { Handlers, RequestContext } from "../handler.js";
import { chatAt, checkRight } from "./administer.js";
import { inviteNamed } from "./links.js";
import { refuse } from "./refuse.js";
import { mailboxOf, userOf } from "./resolve.js";
import { tell } from "./tell.js";

const PAGE_LIMIT = 100;

/** How many wait, for those who can let them in. */
export function tellWaiting(world: World, chat: Group | Channel): Told[] {
  const peer = peerOfChat(chat);
  const waiting = world.invites.waitingFor(peer);
  const update = {
    _: "updatePendingJoinRequests",
    peer: tlPeer(peer),
    requests_pending: waiting.length,
    recent_requesters: waiting.slice(0, 3).map(({ userId }) => BigInt(userId)),
  } as const;
  const admins = world.membersAmongAccounts(chat).filter(({ accountId }) => mayManage(chat.members.get(accountId)));
  return admins.map((viewer) => tellOf(world, viewer, peer, update));
}

function presentGuest({ userId, date, approvedBy }: Guest, requested: boolean): Tl.chatInviteImporter {
  return {
    _: "chatInviteImporter",
    requested: requested || undefined,
    user_id: BigInt(userId),
    date,
    approved_by: approvedBy === undefined ? undefined : BigInt(approvedBy),
  };
}

/** Whoever waited is let in. @throws USER_ALREADY_PARTICIPANT */
function letIn({ world, account }: RequestContext, chat: Group | Channel, guest: Guest): Told[] {
  const { userId, hash } = guest;
  if (chat.members.get(userId)) throw refuse("USER_ALREADY_PARTICIPANT");
  if (hash !== undefined) world.invites.use(hash, { ...guest, approvedBy: account.id });
  return admit(world, chat, userId, { by: "request", inviter: account.id, hash });
}

/** Who came by a link, or waits to be let in (core.telegram.org/api/invites#join-requests). */
export const joinRequests = {
  "messages.getChatInviteImporters": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const { invites } = context.world;
    const hash = request.link === undefined ? undefined : inviteNamed(context, chat, request.link).hash;
    const waiting = invites.waitingFor(peerOfChat(chat)).filter((one) => hash === undefined || one.hash === hash);
    const all = request.requested ? waiting : hash === undefined ? [] : invites.cameBy(hash);
    const after = request.offset_user._ === "inputUser" ? Number(request.offset_user.user_id) : undefined;
    const from = after === undefined ? 0 : all.findIndex(({ userId }) => userId === after) + 1;
    const page = all.slice(from, from + Math.min(Math.max(0, request.limit), PAGE_LIMIT));
    const cast = new Cast(context.world, mailboxOf(context));
    for (const { userId, approvedBy } of page) cast.addUser(userId).addUser(approvedBy);
    return {
      _: "messages.chatInviteImporters",
      count: all.length,
      importers: page.map((guest) => presentGuest(guest, request.requested ?? false)),
      users: cast.users,
    };
  },
  "messages.hideChatJoinRequest": ({ peer, user_id, approved }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    const request = context.world.invites.settle(peerOfChat(chat), userOf(context, user_id).id);
    if (!request) throw refuse("HIDE_REQUESTER_MISSING");
    return tell(context, [...tellWaiting(context.world, chat), ...(approved ? letIn(context, chat, request) : [])]);
  },
  "messages.hideAllChatJoinRequests": ({ peer, approved, link }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    const { invites } = context.world;
    const hash = link === undefined ? undefined : inviteNamed(context, chat, link).hash;
    const here = peerOfChat(chat);
    const settled = invites.waitingFor(here).filter((one) => hash === undefined || one.hash === hash);
    for (const { userId } of settled) invites.settle(here, userId);
    const told = approved ? settled.flatMap((guest) => letIn(context, chat, guest)) : [];
    return tell(context, [...tellWaiting(context.world, chat), ...told]);
  },
} satisfies Handlers;
