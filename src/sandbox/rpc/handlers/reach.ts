import type * as Tl from "../../tl/types.js";
import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentReplies } from "../../world/present/reply.js";
import { tellOf } from "../../world/told.js";
import type { Channel } from "../../world/chat.js";
import type { Handlers, RequestContext } from "../handler.js";
import { historyOf, isChannel, mailboxOf, peerOf, targetOf } from "./resolve.js";
import { refuse } from "./refuse.js";

const MOST_IDS = 100;

/** An account that looks at a post counts once. */
function look(context: RequestContext, channel: Channel, id: number): void {
  const message = channel.history.byId(id);
  const key = `${context.account.id}:${id}`;
  if (!message?.reach || channel.looked.has(key)) return;
  channel.looked.add(key);
  const reach = { ...message.reach, views: message.reach.views + 1 };
  channel.history.replace({ ...message, reach });
  const update = { _: "updateChannelMessageViews", channel_id: BigInt(channel.id), id, views: reach.views } as const;
  for (const viewer of context.world.membersAmongAccounts(channel)) {
    const told = tellOf(context.world, viewer, channelPeer(channel.id), update);
    context.push(context.world.account(viewer.accountId), told.updates);
  }
}

/** How many have seen a post and passed it on. */
export const reach = {
  "messages.getMessagesViews": ({ peer, id: ids, increment }, context) => {
    if (ids.length > MOST_IDS) throw refuse("LIMIT_INVALID");
    const target = targetOf(context, peer);
    if (increment && isChannel(target)) for (const id of ids) look(context, target, id);
    const cast = new Cast(context.world, mailboxOf(context));
    if (isChannel(target) && target.linked) cast.add(channelPeer(target.linked.id));
    const history = historyOf(context, target);
    const views = ids.map((id): Tl.messageViews => {
      const message = history.byId(id);
      const replies = message && presentReplies(context.world, peerOf(target), message);
      return { _: "messageViews", views: message?.reach?.views, forwards: message?.reach?.forwards, replies };
    });
    return { _: "messages.messageViews", views, chats: cast.chats, users: cast.users };
  },
} satisfies Handlers;
