import type * as Tl from "../../tl/types.js";
import { userPeer, tlPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import type { Handlers, RequestContext } from "../handler.js";
import { checkMayWrite } from "./may-write.js";
import { targetOf, type Target } from "./resolve.js";
import { updatesOf } from "../../world/present/updates.js";

type Action = Tl.TypeSendMessageAction;

function update(context: RequestContext, target: Target, action: Action): Tl.TypeUpdate {
  const typist = userPeer(context.account.id);
  const from_id = tlPeer(typist);
  if (target.kind === "user") return { _: "updateUserTyping", user_id: BigInt(typist.id), action };
  if (target.kind === "group") return { _: "updateChatUserTyping", chat_id: BigInt(target.id), from_id, action };
  return { _: "updateChannelUserTyping", channel_id: BigInt(target.id), from_id, action };
}

export const typing = {
  "messages.setTyping": ({ peer, action }, context) => {
    const target = targetOf(context, peer);
    checkMayWrite(context, target);
    const { world, account } = context;
    const addressed = target.kind === "user" ? world.mailbox(target.user.id) : undefined;
    const readers = target.kind === "user" ? (addressed ? [addressed] : []) : world.membersAmongAccounts(target);
    for (const reader of readers) {
      if (reader.accountId === account.id) continue;
      const cast = new Cast(world, reader).addUser(account.id);
      context.push(world.account(reader.accountId), updatesOf(cast, [update(context, target, action)]));
    }
    return true;
  },
} satisfies Handlers;
