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

/** One's own choice is marked; who reacted to the posts of a channel is told to nobody (core.telegram.org/api/reactions). */
export function presentReactions(
  reactions: readonly Reaction[] | undefined,
  viewer: number,
  isPost = false,
): Tl.messageReactions | undefined {
  if (!reactions?.length) return undefined;
  const chosen = (one: Reaction): boolean => one.recent.some(({ from }) => from.kind === "user" && from.id === viewer);
  const recent = isPost ? [] : reactions.flatMap((one) => peerReactions(one, viewer));
  return {
    _: "messageReactions",
    can_see_list: recent.length > 0 || undefined,
    results: reactions.map((one) => ({
      _: "reactionCount",
      chosen_order: chosen(one) ? 0 : undefined,
      reaction: one.reaction,
      count: one.count,
    })),
    recent_reactions: recent.length > 0 ? recent : undefined,
  };
}

const peerReactions = ({ reaction, recent }: Reaction, viewer: number): Tl.messagePeerReaction[] =>
  recent.map(({ from, date }) => ({
    _: "messagePeerReaction",
    my: (from.kind === "user" && from.id === viewer) || undefined,
    peer_id: tlPeer(from),
    date,
    reaction,
  }));
