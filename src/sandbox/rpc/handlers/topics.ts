import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { GENERAL, inTopic, type Forum, type Topic } from "../../world/forum.js";
import type { Message } from "../../world/message.js";
import { channelPeer, tlPeer, userPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf } from "./resolve.js";
import { notifySettings } from "./settings.js";
import { readMarkOf } from "./threads.js";

const PAGE_LIMIT = 100;

interface Standing {
  readonly topic: Topic;
  readonly top: Message | undefined;
}

/** @throws CHANNEL_FORUM_MISSING */
export function forumOf({ forum }: Channel): Forum {
  if (!forum) throw refuse("CHANNEL_FORUM_MISSING");
  return forum;
}

function standing({ history }: Channel, topic: Topic): Standing {
  const [top] = inTopic(history, topic.id);
  return { topic, top };
}

function unreadIn(context: RequestContext, { history }: Channel, topic: number, readInbox: number): number {
  let unread = 0;
  for (const { id, from } of inTopic(history, topic)) {
    if (id <= readInbox) break;
    if (from?.id !== context.account.id) unread += 1;
  }
  return unread;
}

export function presentTopic(context: RequestContext, channel: Channel, { topic, top }: Standing): Tl.forumTopic {
  const dialog = mailboxOf(context).dialogs.get(`channel:${channel.id}`);
  const { inbox, outbox } = readMarkOf(context, { group: channel, top: topic.id });
  return {
    _: "forumTopic",
    my: topic.by === context.account.id || undefined,
    closed: topic.closed,
    pinned: topic.pinned,
    hidden: topic.hidden,
    id: topic.id,
    date: topic.date,
    title: topic.title,
    icon_color: topic.iconColor,
    icon_emoji_id: topic.iconEmojiId,
    top_message: top?.id ?? topic.id,
    read_inbox_max_id: inbox,
    read_outbox_max_id: outbox,
    unread_count: unreadIn(context, channel, topic.id, inbox),
    unread_mentions_count: 0,
    unread_reactions_count: 0,
    from_id: tlPeer(userPeer(topic.by)),
    notify_settings: notifySettings(dialog),
  };
}

/** Pinned topics first, then the ones that were written in last. */
function ordered(channel: Channel, q = ""): Standing[] {
  const text = q.trim().toLowerCase();
  const topics = forumOf(channel).topics();
  const shown = topics.filter(({ title, id, hidden }) => {
    return title.toLowerCase().includes(text) && (id !== GENERAL || !hidden);
  });
  const rank = ({ top, topic }: Standing) => top?.id ?? topic.id;
  const pinned = (one: Standing) => (one.topic.pinned ? 1 : 0);
  return shown.map((topic) => standing(channel, topic)).sort((a, b) => pinned(b) - pinned(a) || rank(b) - rank(a));
}

/** The page begins behind the topic that the offsets name, or else below the date of its last message. */
function placeAfter(all: readonly Standing[], request: Tl.channels_getForumTopicsRequest): number {
  const { offset_date, offset_id, offset_topic } = request;
  if (offset_date === 0 && offset_id === 0 && offset_topic === 0) return 0;
  const exact = all.findIndex(({ topic }) => topic.id === offset_topic);
  if (exact >= 0) return exact + 1;
  const below = all.findIndex(({ topic, top }) => {
    if (topic.pinned || !top) return false;
    return offset_date > 0 ? top.date < offset_date : top.id < offset_id;
  });
  return below < 0 ? all.length : below;
}

function answer(context: RequestContext, channel: Channel, page: readonly (Standing | number)[], count: number) {
  const viewer = mailboxOf(context);
  const peer = channelPeer(channel.id);
  const cast = new Cast(context.world, viewer).add(peer);
  const messages: Tl.TypeMessage[] = [];
  const topics = page.map((one): Tl.TypeForumTopic => {
    if (typeof one === "number") return { _: "forumTopicDeleted", id: one };
    cast.addUser(one.topic.by);
    if (one.top) {
      cast.addMessage(one.top);
      messages.push(presentMessage(context.world, viewer, peer, one.top));
    }
    return presentTopic(context, channel, one);
  });
  const shown = { topics, messages, chats: cast.chats, users: cast.users, pts: channel.journal.pts };
  return { _: "messages.forumTopics", count, ...shown } satisfies Tl.messages_forumTopics;
}

/** The topics in which the messages of a page lie. */
export function topicsOf(context: RequestContext, channel: Channel, ids: Iterable<number>): Tl.forumTopic[] {
  return [...new Set(ids)].flatMap((id) => {
    const topic = channel.forum?.get(id);
    return topic ? [presentTopic(context, channel, standing(channel, topic))] : [];
  });
}

export const topics = {
  "channels.getForumTopics": (request, context) => {
    const channel = channelOf(context, request.channel);
    const all = ordered(channel, request.q);
    const from = placeAfter(all, request);
    const page = all.slice(from, from + Math.min(Math.max(request.limit, 0), PAGE_LIMIT));
    return answer(context, channel, page, all.length);
  },
  "channels.getForumTopicsByID": ({ channel: input, topics: ids }, context) => {
    const channel = channelOf(context, input);
    const forum = forumOf(channel);
    if (ids.length === 0) throw refuse("TOPICS_EMPTY");
    const found = ids.slice(0, PAGE_LIMIT).map((id) => {
      const topic = forum.get(id);
      return topic ? standing(channel, topic) : id;
    });
    return answer(context, channel, found, found.length);
  },
} satisfies Handlers;
