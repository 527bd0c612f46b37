import type * as Tl from "../../tl/types.js";
import type { Mailbox } from "../mailbox.js";
import { userPeer } from "../peer.js";
import type { Presence, User } from "../users.js";
import type { World } from "../world.js";

/** A user as one account sees him. Phone numbers are shown for oneself and for contacts only. */
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
  if (user.deleted) return { _: "user", deleted: true, ...identity };
  return {
    _: "user",
    ...identity,
    self: self || undefined,
    contact: contact || undefined,
    mutual_contact: (contact && world.mailbox(user.id)?.contacts.has(viewer.accountId)) ?? undefined,
    bot: user.bot,
    bot_info_version: user.bot ? 1 : undefined,
    verified: user.verified,
    premium: user.premium,
    support: user.support,
    first_name: user.firstName,
    last_name: user.lastName,
    username: user.username,
    phone: self || contact || user.support ? user.phone : undefined,
    status: user.bot || !user.presence ? undefined : presentStatus(user.presence, world.now()),
  };
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
