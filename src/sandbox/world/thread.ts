import type { Channel } from "./chat.js";
import { GENERAL } from "./forum.js";
import type { Draft, Message } from "./message.js";
import { channelPeer } from "./peer.js";

/**
 * Where a new message of a supergroup belongs (core.telegram.org/api/threads): in a forum to the topic it names or answers in,
 * elsewhere to the thread of the message it answers.
 */
export function placed(channel: Channel, draft: Draft): Draft {
  if (channel.kind === "channel") return draft;
  return channel.forum ? inForum(channel, draft) : inThread(channel, draft);
}

function inForum({ forum, history }: Channel, draft: Draft): Draft {
  const { replyTo } = draft;
  if (draft.topId !== undefined) return { ...draft, inTopic: true };
  const opens = replyTo === undefined ? undefined : forum?.get(replyTo);
  if (opens) {
    return opens.id === GENERAL
      ? { ...draft, replyTo: undefined }
      : { ...draft, topId: opens.id, replyTo: undefined, inTopic: true };
  }
  const topId = replyTo === undefined ? undefined : history.byId(replyTo)?.topId;
  return topId === undefined ? draft : { ...draft, topId, inTopic: true };
}

function inThread({ history }: Channel, draft: Draft): Draft {
  if (draft.replyTo === undefined || draft.replyPeer) return draft;
  return { ...draft, topId: history.byId(draft.replyTo)?.topId ?? draft.replyTo };
}

/** Counts an answer on the message at the top of its thread, and on the post that a discussion group comments on. */
export function countReply(channel: Channel, message: Message): void {
  if (message.topId === undefined || message.inTopic) return;
  const top = channel.history.byId(message.topId);
  if (!top) return;
  recount(channel, top, { count: (top.replies?.count ?? 0) + 1, maxId: message.id });
}

function recount(channel: Channel, top: Message, replies: Message["replies"]): void {
  channel.history.replace({ ...top, replies });
  const post = postAbove(channel, top);
  if (post) channel.linked?.history.replace({ ...post, replies });
}

/** An answer is gone, and no longer counted. */
export function uncountReply(channel: Channel, { topId, inTopic }: Message): void {
  const top = topId === undefined || inTopic ? undefined : channel.history.byId(topId);
  if (!top?.replies) return;
  const count = top.replies.count - 1;
  recount(channel, top, count > 0 ? { ...top.replies, count } : undefined);
}

/** The post that a message of a discussion group stands for. */
function postAbove({ linked }: Channel, { forward }: Message): Message | undefined {
  const ofLinked = linked?.kind === "channel" && forward?.from?.id === linked.id && forward.post !== undefined;
  return ofLinked ? linked.history.byId(forward.post) : undefined;
}

/** The message of the discussion group that stands for a post of the channel. */
export function discussionOf(channel: Channel, post: number): Message | undefined {
  const group = channel.kind === "channel" ? channel.linked : undefined;
  if (!group) return undefined;
  for (let place = 0; place < group.history.count; place++) {
    const message = group.history.at(place);
    const { forward } = message ?? {};
    if (forward?.from?.id === channel.id && forward.post === post) return message;
  }
  return undefined;
}

/** A post of a channel with a discussion group, as it is passed on into that group by itself. */
export function copyForDiscussion(channel: Channel, { id, date, text, entities, media }: Message): Draft {
  const from = channelPeer(channel.id);
  return { date, from, text, entities, media, forward: { from, date, post: id }, pinned: true };
}
