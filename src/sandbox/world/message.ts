import type * as Tl from "../tl/types.js";
import type { Media } from "./media.js";
import type { Peer } from "./peer.js";

/** An emoji, a custom emoji by its id, or a paid star, and who chose it lately. */
export interface Reaction {
  readonly reaction: Tl.TypeReaction;
  readonly count: number;
  readonly recent: readonly { readonly from: Peer; readonly date: number }[];
}

/** What was written beneath a message, as its header tells it. */
interface Replies {
  readonly count: number;
  readonly maxId: number;
}

/** What is shown to who pressed a button of a bot. */
export interface ButtonAnswer {
  readonly text?: string | undefined;
  /** In a window that has to be closed. */
  readonly alert?: boolean | undefined;
  readonly url?: string | undefined;
}

/** Where a forwarded message came from. A person who hides his account is known by name alone. */
export interface Forward {
  readonly from?: Peer | undefined;
  readonly name?: string | undefined;
  readonly date: number;
  /** The id of the post in the channel it came from. */
  readonly post?: number | undefined;
  /** Who had it before it was forwarded here, where only that name is known. */
  readonly savedFrom?: string | undefined;
}

/**
 * A message as it stands in one history. Never changed in place: an edit puts another object in its stead,
 * so what was built from it can be cached by identity.
 */
export interface Message {
  /** Counted per channel, and per mailbox for private chats and basic groups. */
  readonly id: number;
  /** Seconds of Unix time, as on the wire. */
  readonly date: number;
  /** Absent for the posts of a channel. */
  readonly from?: Peer | undefined;
  readonly text: string;
  readonly entities?: readonly Tl.TypeMessageEntity[] | undefined;
  /** An id in the same history. */
  readonly replyTo?: number | undefined;
  /** The chat in which the answered message lies, where that is another one; `replyTo` is an id there. */
  readonly replyPeer?: Peer | undefined;
  /** Who wrote the answered message: to him the answer is a mention. */
  readonly answers?: number | undefined;
  /** The message at the top of the thread or topic this one belongs to. */
  readonly topId?: number | undefined;
  /** The thread is a topic of a forum. */
  readonly inTopic?: boolean | undefined;
  readonly replies?: Replies | undefined;
  readonly reactions?: readonly Reaction[] | undefined;
  readonly replyMarkup?: Tl.TypeReplyMarkup | undefined;
  /** What the bot answers to whoever presses a button, by the button's data in hexadecimal. */
  readonly buttonAnswers?: Readonly<Record<string, ButtonAnswer>> | undefined;
  readonly forward?: Forward | undefined;
  readonly media?: Media | undefined;
  /** Makes it a service message. */
  readonly action?: Tl.TypeMessageAction | undefined;
  /** Views and forwards share a flag bit: there are both or none. */
  readonly reach?: { readonly views: number; readonly forwards: number } | undefined;
  readonly postAuthor?: string | undefined;
  readonly viaBot?: number | undefined;
  readonly pinned?: boolean | undefined;
  readonly editDate?: number | undefined;
  readonly silent?: boolean | undefined;
  /** The same for all pictures of one album. */
  readonly groupedId?: bigint | undefined;
  /** May not be passed on or saved. */
  readonly noForwards?: boolean | undefined;
  /** So many seconds after it was written it vanishes. */
  readonly ttlPeriod?: number | undefined;
  /** It was written earlier, to be sent at its time. */
  readonly fromScheduled?: boolean | undefined;
  /** The same in every mailbox that holds a copy of this message. */
  readonly origin?: number | undefined;
}

/** What is to become a message. Without an id it takes the next one. */
export type Draft = Omit<Message, "id" | "origin"> & { readonly id?: number | undefined };
