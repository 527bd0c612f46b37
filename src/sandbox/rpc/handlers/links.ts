import type * as Tl from "../../tl/types.js";
import type { Channel, Group } from "../../world/chat.js";
import type { Guest, Invite } from "../../world/invites.js";
import { admit } from "../../world/joining.js";
import { mayManage } from "../../world/members.js";
import { tlPeer } from "../../world/peer.js";
import { Cast, peerOfChat } from "../../world/present/cast.js";
import { tellOf, type Told } from "../../world/told.js";
import type { World } from "../../world/world.js";
import type { Handlers, RequestContext } from "../handler.js";
import { chatAt, checkRight } from "./administer.js";
import { refuse } from "./refuse.js";
import { mailboxOf, userOf } from "./resolve.js";
import { tell } from "./tell.js";

const LINK = /^(?:(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(?:\+|joinchat\/))?(?<hash>[\w-]{16,32})$/;
const PAGE_LIMIT = 100;

function presentInvite({ world }: RequestContext, invite: Invite): Tl.chatInviteExported {
  const { hash, by, expiresAt, usageLimit, requestNeeded, title, revoked, permanent, date = 0 } = invite;
  const requested = world.invites.waitingFor(invite.peer).filter((one) => one.hash === hash).length;
  return {
    _: "chatInviteExported",
    link: `https://t.me/+${hash}`,
    admin_id: BigInt(by),
    date,
    revoked: revoked || undefined,
    permanent: permanent || undefined,
    request_needed: requestNeeded || undefined,
    expire_date: expiresAt,
    usage_limit: usageLimit,
    usage: world.invites.usesOf(hash) || undefined,
    requested: requested || undefined,
    title,
  };
}

/** @throws INVITE_HASH_EXPIRED */
function named({ world }: RequestContext, chat: Group | Channel, link: string): Invite {
  const invite = world.invites.get(LINK.exec(link)?.groups?.["hash"] ?? "");
  const peer = peerOfChat(chat);
  if (invite?.peer.kind !== peer.kind || invite.peer.id !== peer.id) throw refuse("INVITE_HASH_EXPIRED");
  return invite;
}

function answer(context: RequestContext, invite: Invite): Tl.messages_exportedChatInvite {
  const cast = new Cast(context.world, mailboxOf(context)).addUser(invite.by);
  return { _: "messages.exportedChatInvite", invite: presentInvite(context, invite), users: cast.users };
}

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

/** @throws EXPIRE_DATE_INVALID, USAGE_LIMIT_INVALID */
function checkTerms({ now }: RequestContext, expires: number | undefined, limit: number | undefined): void {
  if (expires !== undefined && expires !== 0 && expires <= now / 1000) throw refuse("EXPIRE_DATE_INVALID");
  if (limit !== undefined && (limit < 0 || limit > 99_999)) throw refuse("USAGE_LIMIT_INVALID");
}

/** Invite links and requests to join (core.telegram.org/api/invites). */
export const links = {
  "messages.exportChatInvite": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const { expire_date: expiresAt, usage_limit: usageLimit, request_needed: requestNeeded, title } = request;
    checkTerms(context, expiresAt, usageLimit);
    const { invites } = context.world;
    const peer = peerOfChat(chat);
    const own = invites.of(peer).filter(({ by, permanent }) => permanent && by === context.account.id);
    if (request.legacy_revoke_permanent) for (const one of own) invites.add({ ...one, revoked: true });
    const made = { hash: invites.nextHash(), peer, by: context.account.id, date: Math.floor(context.now / 1000) };
    const permanent = request.legacy_revoke_permanent ?? undefined;
    return presentInvite(context, invites.add({ ...made, expiresAt, usageLimit, requestNeeded, title, permanent }));
  },
  "messages.getExportedChatInvites": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const admin = userOf(context, request.admin_id).id;
    const all = context.world.invites
      .of(peerOfChat(chat))
      .filter(({ by, revoked }) => by === admin && (revoked ?? false) === (request.revoked ?? false));
    const from = request.offset_link === undefined ? 0 : all.indexOf(named(context, chat, request.offset_link)) + 1;
    const page = all.slice(from, from + Math.min(Math.max(0, request.limit), PAGE_LIMIT));
    const cast = new Cast(context.world, mailboxOf(context)).addUser(admin);
    const invites = page.map((invite) => presentInvite(context, invite));
    return { _: "messages.exportedChatInvites", count: all.length, invites, users: cast.users };
  },
  "messages.getExportedChatInvite": ({ peer, link }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    return answer(context, named(context, chat, link));
  },
  "messages.editExportedChatInvite": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const before = named(context, chat, request.link);
    checkTerms(context, request.expire_date, request.usage_limit);
    const { expire_date = before.expiresAt, usage_limit = before.usageLimit, title = before.title } = request;
    const { request_needed: requestNeeded = before.requestNeeded, revoked = before.revoked } = request;
    return answer(
      context,
      context.world.invites.add({
        ...before,
        expiresAt: expire_date || undefined,
        usageLimit: usage_limit || undefined,
        ...{ title, requestNeeded, revoked },
      }),
    );
  },
  "messages.deleteExportedChatInvite": ({ peer, link }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    const invite = named(context, chat, link);
    if (!invite.revoked) throw refuse("INVITE_REVOKED_MISSING");
    context.world.invites.remove(invite.hash);
    return true;
  },
  "messages.getChatInviteImporters": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const { invites } = context.world;
    const hash = request.link === undefined ? undefined : named(context, chat, request.link).hash;
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
    const { world, account } = context;
    const user = userOf(context, user_id);
    const request = world.invites.settle(peerOfChat(chat), user.id);
    if (!request) throw refuse("HIDE_REQUESTER_MISSING");
    const waiting = tellWaiting(world, chat);
    if (!approved) return tell(context, waiting);
    if (chat.members.get(user.id)) throw refuse("USER_ALREADY_PARTICIPANT");
    if (request.hash !== undefined) world.invites.use(request.hash, { ...request, approvedBy: account.id });
    const told = admit(world, chat, user.id, { by: "request", inviter: account.id });
    return tell(context, [...waiting, ...told]);
  },
} satisfies Handlers;
