import type * as Tl from "../../tl/types.js";
import type { Channel } from "../chat.js";
import type { Message, Reaction } from "../message.js";
import { tlPeer, type Peer } from "../peer.js";
import type { World } from "../world.js";

/** Where a message stands: which one it answers, and in which thread or topic. */
export function presentReply({ replyTo, replyPeer, topId, inTopic }: Message): Tl.messageReplyHeader | undefined {
  const answered = replyTo ?? (inTopic ? topId : undefined);
  if (answered === undefined) return undefined;
  return {
    _: "messageReplyHeader",
    forum_topic: inTopic || undefined,
    reply_to_msg_id: answered,
    reply_to_peer_id: replyPeer && tlPeer(replyPeer),
    reply_to_top_id: topId === answered ? undefined : topId,
  };
}

/** What was written beneath a message: the comments of a post, or the answers in a supergroup. */
export function presentReplies(world: World, peer: Peer, { replies }: Message): Tl.messageReplies | undefined {
  const channel = peer.kind === "channel" ? world.channels.get(peer.id) : undefined;
  if (!channel || (!replies && !hasComments(channel))) return undefined;
  return {
    _: "messageReplies",
    ...(hasComments(channel) ? { comments: true, channel_id: BigInt(channel.linked?.id ?? 0) } : {}),
    replies: replies?.count ?? 0,
    replies_pts: channel.journal.pts,
    max_id: replies?.maxId,
  };
}

const hasComments = ({ kind, linked }: Channel): boolean => kind === "channel" && linked !== undefined;

export function presentReactions(reactions: readonly Reaction[] | undefined): Tl.messageReactions | undefined {
  if (!reactions?.length) return undefined;
  const recent = reactions.flatMap(({ reaction, recent: lately }) =>
    lately.map(({ from, date }) => ({ _: "messagePeerReaction" as const, peer_id: tlPeer(from), date, reaction })),
  );
  return {
    _: "messageReactions",
    can_see_list: recent.length > 0 || undefined,
    results: reactions.map(({ reaction, count }) => ({ _: "reactionCount", reaction, count })),
    recent_reactions: recent.length > 0 ? recent : undefined,
  };
}
