import type { Api } from "telegram";
import { markedId } from "./ids.js";
import { present } from "./present.js";

/** What a message answers. */
export interface ReplyTo {
  readonly messageId?: number;
  /** Set when the answered message is in another chat. */
  readonly chatId?: number;
  /** First message of the thread or topic. */
  readonly threadId?: number;
  /** The part of the answered message that is quoted. */
  readonly quote?: string;
}

export function toReply(header: Api.TypeMessageReplyHeader): ReplyTo | undefined {
  if (header.className !== "MessageReplyHeader") return undefined;
  return present({
    messageId: header.replyToMsgId,
    chatId: header.replyToPeerId ? markedId(header.replyToPeerId) : undefined,
    threadId: header.replyToTopId ?? (header.forumTopic ? header.replyToMsgId : undefined),
    quote: header.quoteText,
  });
}
