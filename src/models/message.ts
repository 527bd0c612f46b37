import type { Api } from "telegram";
import { toEntity, type Entity } from "./entity.js";
import { markedId, toIso } from "./ids.js";
import { toMedia, type Media } from "./media.js";
import { present } from "./present.js";

/** Where a forwarded message came from. */
export interface Forward {
  /** ISO time of the original. */
  readonly date: string;
  /** Who wrote it, where Telegram tells. */
  readonly fromId?: number;
  /** The name alone, where the author hides the account. */
  readonly fromName?: string;
  /** Id of the original post in its channel. */
  readonly channelPost?: number;
  readonly postAuthor?: string;
}

/** What a message answers. */
export interface ReplyTo {
  readonly messageId?: number;
  /** Set when the answered message is in another chat. */
  readonly chatId?: number;
  /** First message of the thread or topic. */
  readonly threadId?: number;
  readonly quote?: string;
}

/** A message, or a service message such as somebody joining. */
export interface Message {
  readonly id: number;
  readonly chatId: number;
  readonly type: "message" | "service";
  /** ISO time. */
  readonly date: string;
  readonly editDate?: string;
  /** Who wrote it; absent for posts of a channel. */
  readonly fromId?: number;
  readonly isOutgoing: boolean;
  readonly isPinned: boolean;
  readonly isPost: boolean;
  /** The text, or the caption of the media; empty for service messages. */
  readonly text: string;
  readonly entities?: readonly Entity[];
  readonly replyTo?: ReplyTo;
  readonly forward?: Forward;
  readonly media?: Media;
  readonly views?: number;
  readonly forwards?: number;
  /** Messages with the same one form an album. A 64-bit number as a string. */
  readonly groupedId?: string;
  readonly viaBotId?: number;
  readonly postAuthor?: string;
  /** What happened, by TL's name without `messageAction`: `chatAddUser`. Service messages only. */
  readonly action?: string;
}

/** `undefined` for what is not there any more. `selfId` names the account, which Telegram leaves out in private chats. */
export function toMessage(message: Api.TypeMessage, selfId?: number): Message | undefined {
  switch (message.className) {
    case "MessageEmpty":
      return undefined;
    case "MessageService":
      return serviceMessage(message, selfId);
    case "Message":
      return plainMessage(message, selfId);
  }
}

const serviceMessage = (message: Api.MessageService, selfId?: number): Message => ({
  ...shared(message, selfId),
  type: "service",
  isPinned: false,
  text: "",
  action: lowerFirst(message.action.className.replace(/^MessageAction/, "")),
});

const plainMessage = (message: Api.Message, selfId?: number): Message => ({
  ...shared(message, selfId),
  type: "message",
  isPinned: message.pinned ?? false,
  text: message.message,
  ...present({
    editDate: message.editHide ? undefined : isoOrNothing(message.editDate),
    entities: message.entities?.length ? message.entities.map(toEntity) : undefined,
    forward: message.fwdFrom ? toForward(message.fwdFrom) : undefined,
    media: message.media ? toMedia(message.media) : undefined,
    views: message.views,
    forwards: message.forwards,
    groupedId: message.groupedId?.toString(),
    viaBotId: message.viaBotId?.toJSNumber(),
    postAuthor: message.postAuthor,
  }),
});

/** In a private chat Telegram may leave out the sender: it is one of the two. */
function senderOf(message: Api.Message | Api.MessageService, selfId?: number): number | undefined {
  if (message.fromId) return markedId(message.fromId);
  if (message.peerId.className !== "PeerUser") return undefined;
  return message.out ? selfId : markedId(message.peerId);
}

const shared = (message: Api.Message | Api.MessageService, selfId?: number) => ({
  id: message.id,
  chatId: markedId(message.peerId),
  date: toIso(message.date),
  isOutgoing: message.out ?? false,
  isPost: message.post ?? false,
  ...present({ fromId: senderOf(message, selfId), replyTo: message.replyTo ? toReply(message.replyTo) : undefined }),
});

function toReply(header: Api.TypeMessageReplyHeader): ReplyTo | undefined {
  if (header.className !== "MessageReplyHeader") return undefined;
  return present({
    messageId: header.replyToMsgId,
    chatId: header.replyToPeerId ? markedId(header.replyToPeerId) : undefined,
    threadId: header.replyToTopId ?? (header.forumTopic ? header.replyToMsgId : undefined),
    quote: header.quoteText,
  });
}

const toForward = (header: Api.TypeMessageFwdHeader): Forward => ({
  date: toIso(header.date),
  ...present({
    fromId: header.fromId ? markedId(header.fromId) : undefined,
    fromName: header.fromName,
    channelPost: header.channelPost,
    postAuthor: header.postAuthor,
  }),
});

const isoOrNothing = (seconds: number | undefined): string | undefined => (seconds ? toIso(seconds) : undefined);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
