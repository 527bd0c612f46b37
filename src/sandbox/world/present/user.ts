import type * as Tl from "../../tl/types.js";
import type { Mailbox } from "../mailbox.js";
import type { Photo } from "../media.js";
import { userPeer } from "../peer.js";
import type { Privacy } from "../relations.js";
import { dcOfFile } from "./media.js";
import type { Presence, User } from "../users.js";
import type { World } from "../world.js";

/** A user as one account sees him: his number, picture and times as far as he lets it. */
export function presentUser(world: World, viewer: Mailbox, user: User): Tl.TypeUser {
  const built = viewer.built.users.get(user);
  if (built) return built;
  const fresh = buildUser(world, viewer, user);
  viewer.built.users.set(user, fresh);
  return fresh;
}

function buildUser(world: World, viewer: Mailbox, user: User): Tl.user {
  const self = user.id === viewer.accountId;
  const contact = viewer.contacts.has(user.id);
  const identity = { id: BigInt(user.id), access_hash: world.accessHashes.of(viewer.accountId, userPeer(user.id)) };
  const sees = (what: keyof Privacy): boolean => world.relations.allows(user.id, what, viewer.accountId);
  const photo = user.photos?.[0];
  const named = contact ? viewer.contactNames.get(user.id) : undefined;
  if (user.deleted) return { _: "user", deleted: true, ...identity };
  return {
    _: "user",
    ...identity,
    self: self || undefined,
    contact: contact || undefined,
    mutual_contact: (contact && world.mailbox(user.id)?.contacts.has(viewer.accountId)) ?? undefined,
    bot: user.bot,
    bot_info_version: user.bot ? 1 : undefined,
    bot_chat_history: user.readsAll,
    bot_inline_placeholder: user.inlinePlaceholder,
    verified: user.verified,
    premium: user.premium,
    support: user.support,
    first_name: named?.first ?? user.firstName,
    last_name: named ? named.last || undefined : user.lastName,
    username: user.username,
    phone: self || contact || user.support || sees("phone") ? user.phone : undefined,
    photo: photo && sees("photo") ? presentUserPhoto(world, photo) : undefined,
    status: statusOf(world, viewer.accountId, user),
  };
}

function presentUserPhoto(world: World, { id }: Photo): Tl.userProfilePhoto {
  return { _: "userProfilePhoto", photo_id: id, dc_id: dcOfFile(world, id) };
}

/** When he was online, or vaguely for those who may not know; who hides that himself may not know either. */
export function statusOf(world: World, viewer: number, user: User): Tl.TypeUserStatus | undefined {
  if (user.bot || !user.presence) return undefined;
  const theirs = world.relations.allows(user.id, "lastSeen", viewer);
  const mine = world.mailbox(user.id) === undefined || world.relations.allows(viewer, "lastSeen", user.id);
  if (theirs && mine) return presentStatus(user.presence, world.now());
  return { ...vague(user.presence, world.now()), by_me: (theirs && !mine) || undefined };
}

const DAY = 86_400;

function vague(
  presence: Presence,
  now: number,
): Tl.userStatusRecently | Tl.userStatusLastWeek | Tl.userStatusLastMonth {
  const days = typeof presence === "object" ? (now / 1000 - presence.lastSeen) / DAY : 0;
  if (presence === "last-month" || days > 7) return { _: "userStatusLastMonth" };
  return presence === "last-week" || days > 3 ? { _: "userStatusLastWeek" } : { _: "userStatusRecently" };
}

/** Somebody online is so for five more minutes unless the client renews it. */
const ONLINE_SECONDS = 300;

function presentStatus(presence: Presence, now: number): Tl.TypeUserStatus {
  switch (presence) {
    case "online":
      return { _: "userStatusOnline", expires: Math.floor(now / 1000) + ONLINE_SECONDS };
    case "recently":
      return { _: "userStatusRecently" };
    case "last-week":
      return { _: "userStatusLastWeek" };
    case "last-month":
      return { _: "userStatusLastMonth" };
    default:
      return { _: "userStatusOffline", was_online: presence.lastSeen };
  }
}
