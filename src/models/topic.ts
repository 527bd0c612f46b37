import type { Api } from "telegram";
import { markedId, toIso } from "./ids.js";
import { present } from "./present.js";

/** A topic of a forum. */
export interface Topic {
  /** Id of the service message that opened it; the topic General has 1. */
  readonly id: number;
  readonly title: string;
  /** ISO time. */
  readonly date: string;
  /** Who opened it. */
  readonly creatorId: number;
  readonly topMessageId: number;
  /** ISO time of its newest message, where the answer carries it. */
  readonly lastMessageDate?: string;
  readonly unreadCount: number;
  /** RGB. */
  readonly iconColor: number;
  /** A 64-bit number as a string. */
  readonly iconEmojiId?: string;
  readonly isClosed: boolean;
  readonly isPinned: boolean;
  readonly isHidden: boolean;
}

/** `undefined` for what was deleted meanwhile. `messages` are those of the same answer. */
export function toTopic(topic: Api.TypeForumTopic, messages: readonly Api.TypeMessage[]): Topic | undefined {
  if (topic.className !== "ForumTopic") return undefined;
  const top = messages.find(({ id }) => id === topic.topMessage);
  return {
    id: topic.id,
    title: topic.title,
    date: toIso(topic.date),
    creatorId: markedId(topic.fromId),
    topMessageId: topic.topMessage,
    unreadCount: topic.unreadCount,
    iconColor: topic.iconColor,
    ...present({
      lastMessageDate: top && top.className !== "MessageEmpty" ? toIso(top.date) : undefined,
      iconEmojiId: topic.iconEmojiId?.toString(),
    }),
    isClosed: topic.closed ?? false,
    isPinned: topic.pinned ?? false,
    isHidden: topic.hidden ?? false,
  };
}
