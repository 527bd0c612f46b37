import type { Account } from "./world/account.js";
import type { ChatInfo } from "./world/listing.js";

/** A user, basic group ("chat") or channel by its bare id. */
export interface WorldPeer {
  readonly kind: "user" | "chat" | "channel";
  readonly id: number;
}

/** The bytes of a file, made or read as they are asked for. */
export interface WorldBytes {
  readonly size: number;
  read(offset: number, limit: number): Uint8Array;
}

/** What is attached to a message: a photo in its sizes, a document, or something without a file in TL's form. */
export type WorldMedia =
  | {
      readonly kind: "photo";
      readonly id: bigint;
      readonly sizes: readonly {
        readonly type: string;
        readonly width: number;
        readonly height: number;
        readonly bytes: WorldBytes;
      }[];
    }
  | {
      readonly kind: "document";
      readonly id: bigint;
      readonly mime: string;
      readonly bytes: WorldBytes;
      readonly attributes: readonly { readonly _: string }[];
    }
  | { readonly kind: "plain"; readonly media: { readonly _: string } };

/** A message as the world has it: the truth to compare a client's answer with. */
export interface WorldMessage {
  readonly id: number;
  /** Seconds of Unix time. */
  readonly date: number;
  /** The sender's user id, or the channel's own id (without -100) for what a channel says. */
  readonly fromId: number;
  /** Written by the account whose mailbox holds it; false in supergroups and channels. */
  readonly out: boolean;
  readonly text: string;
  /** In TL's form: `{ _: "messageEntityBold", offset, length }`. */
  readonly entities?: readonly { readonly _: string; readonly offset: number; readonly length: number }[] | undefined;
  /** An id in the same chat. */
  readonly replyTo?: number | undefined;
  /** The chat in which the answered message lies, where that is another one. */
  readonly replyPeer?: WorldPeer | undefined;
  /** The message at the top of the thread, or the one that opened the topic. */
  readonly topId?: number | undefined;
  /** The thread is a topic of a forum. */
  readonly inTopic?: boolean | undefined;
  readonly forward?:
    | {
        readonly from?: WorldPeer | undefined;
        readonly name?: string | undefined;
        readonly date: number;
        readonly post?: number | undefined;
      }
    | undefined;
  readonly media?: WorldMedia | undefined;
  readonly viaBot?: number | undefined;
  readonly postAuthor?: string | undefined;
  /** Set for service messages, in TL's form. */
  readonly action?: { readonly _: string } | undefined;
  readonly reach?: { readonly views: number; readonly forwards: number } | undefined;
  readonly pinned?: boolean | undefined;
  /** Seconds of Unix time. */
  readonly editDate?: number | undefined;
}

/** A member of a group, supergroup or channel. */
export interface WorldMember {
  readonly userId: number;
  readonly role: "creator" | "admin" | "member";
  /** Seconds of Unix time. */
  readonly since: number;
  readonly invitedBy?: number | undefined;
  /** The title an admin wears. */
  readonly rank?: string | undefined;
  /** What an admin may do, by the names of Telegram's flags; the usual when absent. */
  readonly rights?: readonly string[] | undefined;
  /** Set for a member who may do less than the others. */
  readonly restriction?:
    | {
        readonly denied: readonly string[];
        readonly by: number;
        readonly date: number;
        readonly until?: number | undefined;
      }
    | undefined;
}

/** A person as the world has him. */
export interface WorldUser {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string | undefined;
  readonly username?: string | undefined;
  readonly phone?: string | undefined;
  readonly bot?: boolean | undefined;
  readonly verified?: boolean | undefined;
  readonly premium?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

/** One chat as the world has it. */
export interface WorldChat extends ChatInfo {
  /** How many messages it has. */
  readonly count: number;
  /** Oldest first. */
  messages(): IterableIterator<WorldMessage>;
  byId(id: number): WorldMessage | undefined;
  members(): IterableIterator<WorldMember>;
}

/** What somebody else writes. */
export interface WorldPosting {
  /** A user id, `@name` or full name. Not needed in channels and private chats. */
  readonly from?: number | string;
  readonly text: string;
  /** The id of a message in that chat. */
  readonly replyTo?: number;
  /** The topic of a forum; the general one by default. */
  readonly topic?: number;
  /** Nobody is told: the next update shows a gap, as when one is lost on the way. */
  readonly unannounced?: boolean;
}

/** Everything the sandbox knows, beside the protocol. */
export interface SandboxWorld {
  readonly accounts: readonly Account[];
  /** Every chat that some account could come across. */
  chats(): readonly ChatInfo[];
  /** By id, with or without its mark, by `@name` or by title. Throws when there is none. */
  chat(which: number | string): WorldChat;
  /** Somebody else writes, and the connected clients that can see it hear of it. Returns the new message's id. */
  post(chat: number | string, posting: WorldPosting): number;
  /** The author of a message changes its text, and the connected clients that can see it hear of it. */
  edit(chat: number | string, id: number, text: string): void;
  /** Messages are deleted for everybody, and the connected clients that could see them hear of it. */
  delete(chat: number | string, ids: readonly number[]): void;
  /** Tells every connected client that it missed too much (`updatesTooLong`). */
  loseUpdates(): void;
  /** A @name (without the @) changes hands: from now on it is this user's, whoever had it before. */
  moveUsername(name: string, userId: number): void;
  /** From now on no file can be fetched with the references given so far: `FILE_REFERENCE_EXPIRED`. */
  expireFileReferences(): void;
  /** Anybody by id. */
  readonly users: { get(id: number): WorldUser | undefined };
}
