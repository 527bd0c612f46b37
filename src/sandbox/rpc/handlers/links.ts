import type * as Tl from "../../tl/types.js";
import type { Channel, Group } from "../../world/chat.js";
import type { Invite } from "../../world/invites.js";
import { presentInvite } from "../../world/present/invite.js";
import { Cast, peerOfChat } from "../../world/present/cast.js";
import type { Handlers, RequestContext } from "../handler.js";
import { chatAt, checkRight, note } from "./administer.js";
import { refuse } from "./refuse.js";
import { mailboxOf, userOf } from "./resolve.js";

const LINK = /^(?:(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(?:\+|joinchat\/))?(?<hash>[\w-]{16,32})$/;
const PAGE_LIMIT = 100;

/** @throws INVITE_HASH_EXPIRED */
export function inviteNamed({ world }: RequestContext, chat: Group | Channel, link: string): Invite {
  const invite = world.invites.get(LINK.exec(link)?.groups?.["hash"] ?? "");
  const peer = peerOfChat(chat);
  if (invite?.peer.kind !== peer.kind || invite.peer.id !== peer.id) throw refuse("INVITE_HASH_EXPIRED");
  return invite;
}

function answer(context: RequestContext, invite: Invite): Tl.messages_exportedChatInvite {
  const cast = new Cast(context.world, mailboxOf(context)).addUser(invite.by);
  return { _: "messages.exportedChatInvite", invite: presentInvite(context.world, invite), users: cast.users };
}

/** @throws EXPIRE_DATE_INVALID, USAGE_LIMIT_INVALID */
function checkTerms({ now }: RequestContext, expires: number | undefined, limit: number | undefined): void {
  if (expires !== undefined && expires !== 0 && expires <= now / 1000) throw refuse("EXPIRE_DATE_INVALID");
  if (limit !== undefined && (limit < 0 || limit > 99_999)) throw refuse("USAGE_LIMIT_INVALID");
}

/** Invite links (core.telegram.org/api/invites). */
export const links = {
  "messages.exportChatInvite": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const { expire_date, usage_limit, request_needed: requestNeeded, title } = request;
    checkTerms(context, expire_date, usage_limit);
    const [expiresAt, usageLimit] = [expire_date || undefined, usage_limit || undefined];
    const { invites } = context.world;
    const peer = peerOfChat(chat);
    const own = invites.of(peer).filter(({ by, permanent }) => permanent && by === context.account.id);
    if (request.legacy_revoke_permanent) for (const one of own) invites.add({ ...one, revoked: true });
    const made = { hash: invites.nextHash(), peer, by: context.account.id, date: Math.floor(context.now / 1000) };
    const permanent = request.legacy_revoke_permanent ?? undefined;
    return presentInvite(
      context.world,
      invites.add({ ...made, expiresAt, usageLimit, requestNeeded, title, permanent }),
    );
  },
  "messages.getExportedChatInvites": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const admin = userOf(context, request.admin_id).id;
    const all = context.world.invites
      .of(peerOfChat(chat))
      .filter(({ by, revoked }) => by === admin && (revoked ?? false) === (request.revoked ?? false));
    const from =
      request.offset_link === undefined ? 0 : all.indexOf(inviteNamed(context, chat, request.offset_link)) + 1;
    const page = all.slice(from, from + Math.min(Math.max(0, request.limit), PAGE_LIMIT));
    const cast = new Cast(context.world, mailboxOf(context)).addUser(admin);
    const invites = page.map((invite) => presentInvite(context.world, invite));
    return { _: "messages.exportedChatInvites", count: all.length, invites, users: cast.users };
  },
  "messages.getExportedChatInvite": ({ peer, link }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    return answer(context, inviteNamed(context, chat, link));
  },
  "messages.editExportedChatInvite": (request, context) => {
    const chat = chatAt(context, request.peer);
    checkRight(context, chat, "invite_users");
    const before = inviteNamed(context, chat, request.link);
    checkTerms(context, request.expire_date, request.usage_limit);
    const { expire_date = before.expiresAt, usage_limit = before.usageLimit, title = before.title } = request;
    const { request_needed: requestNeeded = before.requestNeeded, revoked = before.revoked } = request;
    const shown = presentInvite(context.world, before);
    const after = context.world.invites.add({
      ...before,
      expiresAt: expire_date || undefined,
      usageLimit: usage_limit || undefined,
      ...{ title, requestNeeded, revoked },
    });
    const changed = { prev_invite: shown, new_invite: presentInvite(context.world, after) };
    const isRevoked = revoked === true && before.revoked !== true;
    if (isRevoked) note(context, chat, { _: "channelAdminLogEventActionExportedInviteRevoke", invite: shown });
    else note(context, chat, { _: "channelAdminLogEventActionExportedInviteEdit", ...changed });
    return answer(context, after);
  },
  "messages.deleteExportedChatInvite": ({ peer, link }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    const invite = inviteNamed(context, chat, link);
    if (!invite.revoked) throw refuse("INVITE_REVOKED_MISSING");
    const shown = presentInvite(context.world, invite);
    note(context, chat, { _: "channelAdminLogEventActionExportedInviteDelete", invite: shown });
    context.world.invites.remove(invite.hash);
    return true;
  },
  "messages.deleteRevokedExportedChatInvites": ({ peer, admin_id }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    const admin = userOf(context, admin_id).id;
    const { invites } = context.world;
    const revoked = invites.of(peerOfChat(chat)).filter((one) => one.revoked && one.by === admin);
    for (const { hash } of revoked) invites.remove(hash);
    return true;
  },
  "messages.getAdminsWithInvites": ({ peer }, context) => {
    const chat = chatAt(context, peer);
    checkRight(context, chat, "invite_users");
    const all = context.world.invites.of(peerOfChat(chat));
    const cast = new Cast(context.world, mailboxOf(context));
    const admins = [...new Set(all.map(({ by }) => by))].map((by): Tl.chatAdminWithInvites => {
      cast.addUser(by);
      const own = all.filter((one) => one.by === by);
      const revoked_invites_count = own.filter(({ revoked }) => revoked).length;
      const invites_count = own.length - revoked_invites_count;
      return { _: "chatAdminWithInvites", admin_id: BigInt(by), invites_count, revoked_invites_count };
    });
    return { _: "messages.chatAdminsWithInvites", admins, users: cast.users };
  },
} satisfies Handlers;
