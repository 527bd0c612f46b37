import type { Api } from "telegram";
import { toActionDetails, type ActionDetails } from "./action.js";
import { toButtons, type Button } from "./buttons.js";
import { toEntity, type Entity } from "./entity.js";
import { toForward, type Forward } from "./forward.js";
import { markedId, toIso } from "./ids.js";
import { toMedia, type Media } from "./media.js";
import type { Names } from "./names.js";
import { present } from "./present.js";
import { toReactions, type Reaction } from "./reactions.js";
import { toReply, type ReplyTo } from "./reply.js";
import { maskCodes, maskText, SERVICE_CHAT_ID } from "./service-chat.js";

/** A message, or a service message such as somebody joining. */
export interface Message {
  /** Counted by Telegram for each supergroup and channel, and for each account over all its other chats. */
  readonly id: number;
  readonly chatId: number;
  readonly type: "message" | "service";
  /** ISO time. */
  readonly date: string;
  /** ISO time; absent where an edit does not show. */
  readonly editDate?: string;
  /** Who wrote it; absent for posts of a channel. */
  readonly fromId?: number;
  /** Name or title of who wrote it, of the channel for a post; where the answer carries it. */
  readonly senderName?: string;
  /** Written by this account. */
  readonly isOutgoing: boolean;
  readonly isPinned: boolean;
  /** A post of a channel. */
  readonly isPost: boolean;
  /** Sent without a sound. */
  readonly isSilent?: true;
  /** The text, or the caption of the media; empty for service messages. Login codes of Telegram's own chat are masked. */
  readonly text: string;
  /** What is bold, a link, a mention… in the text. */
  readonly entities?: readonly Entity[];
  /** The text with its entities as Markdown; only where a reading asked for it. */
  readonly markdown?: string;
  /** Which message it answers. */
  readonly replyTo?: ReplyTo;
  /** Where it was written first. */
  readonly forward?: Forward;
  /** What it holds beside the text. */
  readonly media?: Media;
  /** How often a post was seen. */
  readonly views?: number;
  /** How often a post was forwarded. */
  readonly forwards?: number;
  /** How many answers the thread has, or comments the post. */
  readonly repliesCount?: number;
  readonly reactions?: readonly Reaction[];
  /** Below a bot's message, row by row. */
  readonly buttons?: readonly (readonly Button[])[];
  /** Messages with the same one form an album. A 64-bit number as a string. */
  readonly groupedId?: string;
  /** The bot whose inline result this is. */
  readonly viaBotId?: number;
  /** Its name without the `@`, where the answer carries it. */
  readonly viaBotUsername?: string;
  /** The signature below a post, or the title an anonymous admin wears. */
  readonly postAuthor?: string;
  /** Deletes itself so long after it was sent. */
  readonly selfDestructSeconds?: number;
  /** What happened, by TL's name without `messageAction`: `chatAddUser`. Service messages only. */
  readonly action?: string;
  /** Who, what and which, as far as the action has such. */
  readonly actionDetails?: ActionDetails;
}

/**
 * `undefined` for what is not there any more. `selfId` names the account, which Telegram leaves out in private chats;
 * `names` are those of the same answer. The one place where messages enter the library, so login codes end here.
 */
export function toMessage(message: Api.TypeMessage, selfId?: number, names?: Names): Message | undefined {
  if (message.className === "MessageEmpty") return undefined;
  const seen: Seen = { selfId, names };
  const shown = message.className === "Message" ? plainMessage(message, seen) : serviceMessage(message, seen);
  return isFromServiceChat(shown) ? masked(shown) : shown;
}

interface Seen {
  readonly selfId: number | undefined;
  readonly names: Names | undefined;
}

/** Telegram's own messages carry codes wherever they are passed on to. */
export const isFromServiceChat = ({ chatId, fromId, forward }: Message): boolean =>
  chatId === SERVICE_CHAT_ID || fromId === SERVICE_CHAT_ID || forward?.fromId === SERVICE_CHAT_ID;

function masked(message: Message): Message {
  const { replyTo } = message;
  const quote = replyTo?.quote === undefined ? {} : { replyTo: { ...replyTo, quote: maskText(replyTo.quote) } };
  return { ...maskCodes(message), ...quote };
}

const serviceMessage = (message: Api.MessageService, seen: Seen): Message => ({
  ...shared(message, seen),
  type: "service",
  isPinned: false,
  text: "",
  action: lowerFirst(message.action.className.replace(/^MessageAction/, "")),
  ...present({ actionDetails: toActionDetails(message, seen.names) }),
});

function plainMessage(message: Api.Message, seen: Seen): Message {
  const viaBotId = message.viaBotId?.toJSNumber();
  return {
    ...shared(message, seen),
    type: "message",
    isPinned: message.pinned ?? false,
    text: message.message,
    ...present({
      editDate: message.editHide ? undefined : isoOrNothing(message.editDate),
      entities: message.entities?.length ? message.entities.map(toEntity) : undefined,
      forward: message.fwdFrom ? toForward(message.fwdFrom, seen.names) : undefined,
      media: message.media ? toMedia(message.media) : undefined,
      views: message.views,
      forwards: message.forwards,
      repliesCount: message.replies?.replies,
      buttons: message.replyMarkup ? toButtons(message.replyMarkup) : undefined,
      groupedId: message.groupedId?.toString(),
      viaBotId,
      viaBotUsername: viaBotId === undefined ? undefined : seen.names?.get(viaBotId)?.username,
      postAuthor: message.postAuthor,
    }),
  };
}

/** In a private chat Telegram may leave out the sender: it is one of the two. */
function senderOf(message: Api.Message | Api.MessageService, selfId?: number): number | undefined {
  if (message.fromId) return markedId(message.fromId);
  if (message.peerId.className !== "PeerUser") return undefined;
  return message.out ? selfId : markedId(message.peerId);
}

/** In the chat with oneself Telegram marks nothing as outgoing; what was not forwarded there was written there. */
const isForwarded = (message: Api.Message | Api.MessageService): boolean =>
  message.className === "Message" && Boolean(message.fwdFrom);

function shared(message: Api.Message | Api.MessageService, { selfId, names }: Seen) {
  const chatId = markedId(message.peerId);
  const fromId = senderOf(message, selfId);
  return {
    id: message.id,
    chatId,
    date: toIso(message.date),
    isOutgoing: (message.out ?? false) || (chatId === selfId && !isForwarded(message)),
    isPost: message.post ?? false,
    ...present({
      fromId,
      senderName: names?.get(fromId ?? chatId)?.name,
      isSilent: message.silent ? (true as const) : undefined,
      replyTo: message.replyTo ? toReply(message.replyTo) : undefined,
      reactions: toReactions(message.reactions),
      selfDestructSeconds: message.ttlPeriod,
    }),
  };
}

const isoOrNothing = (seconds: number | undefined): string | undefined => (seconds ? toIso(seconds) : undefined);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
