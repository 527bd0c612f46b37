import { fromPlace, type History } from "./history.js";
import type { Message } from "./message.js";

/** The topic that every forum has; what names no other topic lies in it. */
export const GENERAL = 1;

/** A topic of a forum (core.telegram.org/api/forum). Its id is that of the message that opened it. */
export interface Topic {
  readonly id: number;
  readonly title: string;
  readonly by: number;
  /** Seconds of Unix time. */
  readonly date: number;
  /** One of the colours that Telegram offers, as a number 0xRRGGBB. */
  readonly iconColor: number;
  readonly iconEmojiId?: bigint | undefined;
  readonly closed?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  readonly pinned?: boolean | undefined;
}

/** The colour of a topic whose opener chose none. */
export const TOPIC_COLOUR = 0x6fb9f0;

export class Forum {
  readonly #topics = new Map<number, Topic>();

  get(id: number): Topic | undefined {
    return this.#topics.get(id);
  }

  set(topic: Topic): void {
    this.#topics.set(topic.id, topic);
  }

  delete(id: number): boolean {
    return this.#topics.delete(id);
  }

  topics(): readonly Topic[] {
    return [...this.#topics.values()];
  }
}

/** The topic of a message in a forum. The one that opens a topic belongs to it. */
export const topicOf = (message: Message): number =>
  message.action?._ === "messageActionTopicCreate" ? message.id : (message.topId ?? GENERAL);

/** Newest first. */
export function* inTopic(history: History, topic: number): Generator<Message> {
  for (const message of fromPlace(history)) if (topicOf(message) === topic) yield message;
}
