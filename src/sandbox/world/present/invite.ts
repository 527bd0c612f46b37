import type * as Tl from "../../tl/types.js";
import type { Invite } from "../invites.js";
import type { World } from "../world.js";

/** A link as the admins of its chat see it. */
export function presentInvite(world: World, invite: Invite): Tl.chatInviteExported {
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
