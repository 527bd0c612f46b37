import type * as Tl from "../../tl/types.js";
import { tlPeer, userPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, targetOf } from "./resolve.js";

const MOST = 100;

/** The user whom a request is about; groups cannot be blocked here. */
function user(context: RequestContext, input: Tl.TypeInputPeer): number {
  const target = targetOf(context, input);
  if (target.kind !== "user" || target.user.id === context.account.id) throw refuse("CONTACT_ID_INVALID");
  return target.user.id;
}

function tellOthers(context: RequestContext, id: number, blocked: boolean): void {
  const cast = new Cast(context.world, mailboxOf(context)).addUser(id);
  const update = { _: "updatePeerBlocked", blocked: blocked || undefined, peer_id: tlPeer(userPeer(id)) } as const;
  context.push(context.account, updatesOf(cast, [update]));
}

export const blocked = {
  "contacts.block": ({ id: input }, context) => {
    const id = user(context, input);
    context.world.relations.block(context.account.id, id, Math.floor(context.now / 1000));
    tellOthers(context, id, true);
    return true;
  },
  "contacts.unblock": ({ id: input }, context) => {
    const id = user(context, input);
    context.world.relations.unblock(context.account.id, id);
    tellOthers(context, id, false);
    return true;
  },
  "contacts.getBlocked": ({ offset, limit }, context) => {
    const all = context.world.relations.blockedBy(context.account.id);
    const page = all.slice(Math.max(0, offset), Math.max(0, offset) + Math.min(Math.max(0, limit), MOST));
    const cast = new Cast(context.world, mailboxOf(context));
    const list = page.map(([id, date]): Tl.peerBlocked => {
      cast.addUser(id);
      return { _: "peerBlocked", peer_id: tlPeer(userPeer(id)), date };
    });
    const shown = { blocked: list, chats: cast.chats, users: cast.users };
    if (page.length === all.length) return { _: "contacts.blocked", ...shown };
    return { _: "contacts.blockedSlice", count: all.length, ...shown };
  },
} satisfies Handlers;
