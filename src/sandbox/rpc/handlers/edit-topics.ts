import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { deliver } from "../../world/deliver.js";
import { eraseInChannel } from "../../world/erase.js";
import { GENERAL, inTopic, TOPIC_COLOUR, type Topic } from "../../world/forum.js";
import { newForum } from "../../world/founding.js";
import { hasRight } from "../../world/members.js";
import { channelPeer, userPeer } from "../../world/peer.js";
import { tellDeliveries, tellOf } from "../../world/told.js";
import type { Handlers, RequestContext } from "../handler.js";
import { checkIsCreator, checkRight, note, tellChanged } from "./administer.js";
import { supergroupOf } from "./chat-info.js";
import { sendOut } from "./outgoing.js";
import { forbid, refuse } from "./refuse.js";
import { channelOf } from "./resolve.js";
import { tell } from "./tell.js";
import { forumOf, presentTopic } from "./topics.js";

const LONGEST_TITLE = 128;
const MOST_PINNED = 5;
const DELETED_AT_ONCE = 100;

function topicAt(channel: Channel, id: number): Topic {
  const topic = forumOf(channel).get(id);
  if (!topic) throw refuse("TOPIC_ID_INVALID");
  return topic;
}

/** Who opened a topic may change it, and who may manage all of them. @throws CHAT_ADMIN_REQUIRED */
function checkMayEdit({ account }: RequestContext, channel: Channel, topic: Topic): void {
  const self = channel.members.get(account.id);
  if (!self || (topic.by !== account.id && !hasRight(self, "manage_topics"))) throw refuse("CHAT_ADMIN_REQUIRED");
}

function acceptTitle(title: string): string {
  const trimmed = title.trim();
  if (trimmed === "") throw refuse("TOPIC_TITLE_EMPTY");
  return trimmed.slice(0, LONGEST_TITLE);
}

const presented = (context: RequestContext, channel: Channel, topic: Topic): Tl.forumTopic =>
  presentTopic(context, channel, { topic, top: undefined });

interface Change {
  readonly topic: Topic;
  readonly action: Tl.messageActionTopicEdit;
}

/** @throws TOPIC_NOT_MODIFIED, TOPIC_HIDE_INVALID, GENERAL_MODIFY_ICON_FORBIDDEN */
function changed(topic: Topic, request: Tl.channels_editForumTopicRequest): Change {
  const { icon_emoji_id, closed, hidden } = request;
  const title = request.title === undefined ? undefined : acceptTitle(request.title);
  if (icon_emoji_id !== undefined && topic.id === GENERAL) throw refuse("GENERAL_MODIFY_ICON_FORBIDDEN");
  if (hidden !== undefined && topic.id !== GENERAL) throw refuse("TOPIC_HIDE_INVALID");
  const after: Topic = {
    ...topic,
    ...(title === undefined ? {} : { title }),
    ...(icon_emoji_id === undefined ? {} : { iconEmojiId: icon_emoji_id === 0n ? undefined : icon_emoji_id }),
    ...(closed === undefined ? {} : { closed: closed || undefined }),
    ...(hidden === undefined ? {} : { hidden: hidden || undefined }),
  };
  const isSame = (Object.keys(after) as (keyof Topic)[]).every((key) => after[key] === topic[key]);
  if (isSame) throw refuse("TOPIC_NOT_MODIFIED");
  return { topic: after, action: { _: "messageActionTopicEdit", title, icon_emoji_id, closed, hidden } };
}

/** core.telegram.org/api/forum */
export const editTopics = {
  "channels.toggleForum": ({ channel: input, enabled }, context) => {
    const channel = supergroupOf(context, input);
    checkIsCreator(context, channel);
    if (channel.linked) throw refuse("CHAT_DISCUSSION_UNALLOWED");
    if ((channel.forum !== undefined) === enabled) throw refuse("CHAT_NOT_MODIFIED");
    channel.forum = enabled ? newForum(context.world, context.account.id) : undefined;
    note(context, channel, { _: "channelAdminLogEventActionToggleForum", new_value: enabled });
    return tell(context, tellChanged(context, channel));
  },
  "channels.createForumTopic": ({ channel: input, title: wanted, icon_color, icon_emoji_id, random_id }, context) => {
    const channel = channelOf(context, input);
    const forum = forumOf(channel);
    const self = channel.members.get(context.account.id);
    if (!self) throw forbid("CHAT_WRITE_FORBIDDEN");
    const denied = self.role === "member" ? channel.deniedTo(context.account.id) : undefined;
    if (denied ? denied.has("manage_topics") : !hasRight(self, "manage_topics")) throw refuse("CHAT_ADMIN_REQUIRED");
    const title = acceptTitle(wanted);
    const iconColor = icon_color ?? TOPIC_COLOUR;
    const action = { _: "messageActionTopicCreate", title, icon_color: iconColor, icon_emoji_id } as const;
    const { updates, own } = sendOut(context, channel, [{ content: { text: "", action }, randomId: random_id }], {});
    const id = own[0]?.message.id ?? channel.history.highestId;
    const date = Math.floor(context.now / 1000);
    forum.set({ id, title, by: context.account.id, date, iconColor, iconEmojiId: icon_emoji_id });
    const topic = presented(context, channel, topicAt(channel, id));
    note(context, channel, { _: "channelAdminLogEventActionCreateTopic", topic });
    return updates;
  },
  "channels.editForumTopic": (request, context) => {
    const channel = channelOf(context, request.channel);
    const before = topicAt(channel, request.topic_id);
    checkMayEdit(context, channel, before);
    const { topic, action } = changed(before, request);
    const prev_topic = presented(context, channel, before);
    forumOf(channel).set(topic);
    const new_topic = presented(context, channel, topic);
    note(context, channel, { _: "channelAdminLogEventActionEditTopic", prev_topic, new_topic });
    const date = Math.floor(context.now / 1000);
    const topId = topic.id === GENERAL ? undefined : topic.id;
    const draft = { date, from: userPeer(context.account.id), text: "", action, topId };
    return tell(context, tellDeliveries(context.world, deliver(context.world, channel, draft)));
  },
  "channels.updatePinnedForumTopic": ({ channel: input, topic_id, pinned }, context) => {
    const channel = channelOf(context, input);
    const topic = topicAt(channel, topic_id);
    checkRight(context, channel, "manage_topics");
    const forum = forumOf(channel);
    if ((topic.pinned ?? false) === pinned) throw refuse("PINNED_TOPIC_NOT_MODIFIED");
    if (pinned && forum.topics().filter((one) => one.pinned).length >= MOST_PINNED) {
      throw refuse("PINNED_TOPICS_TOO_MUCH");
    }
    const changed = { ...topic, pinned: pinned || undefined };
    forum.set(changed);
    const shown = presented(context, channel, changed);
    const which = pinned ? { new_topic: shown } : { prev_topic: shown };
    note(context, channel, { _: "channelAdminLogEventActionPinTopic", ...which });
    const update = {
      _: "updateChannelPinnedTopic",
      pinned: pinned || undefined,
      channel_id: BigInt(channel.id),
      topic_id,
    } as const;
    const { world } = context;
    const peer = channelPeer(channel.id);
    return tell(
      context,
      world.membersAmongAccounts(channel).map((viewer) => tellOf(world, viewer, peer, update)),
    );
  },
  "channels.deleteTopicHistory": ({ channel: input, top_msg_id }, context) => {
    const channel = channelOf(context, input);
    const topic = topicAt(channel, top_msg_id);
    if (topic.id === GENERAL) throw refuse("TOPIC_ID_INVALID");
    if (!hasRight(channel.members.get(context.account.id), "delete_messages")) throw forbid("CHAT_ADMIN_REQUIRED");
    const { world, account } = context;
    const ids = [...inTopic(channel.history, topic.id)].map(({ id }) => id);
    const { pts, pts_count, told } = eraseInChannel(world, channel, ids.slice(0, DELETED_AT_ONCE), account.id);
    const offset = Math.max(0, ids.length - DELETED_AT_ONCE);
    if (offset === 0) {
      note(context, channel, { _: "channelAdminLogEventActionDeleteTopic", topic: presented(context, channel, topic) });
      forumOf(channel).delete(topic.id);
    }
    tell(context, told);
    return { _: "messages.affectedHistory", pts, pts_count, offset };
  },
} satisfies Handlers;
