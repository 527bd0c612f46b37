import type { Account } from "./world/account.js";
import type { ChatInfo } from "./world/listing.js";

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
  readonly media?: { readonly kind: string } | undefined;
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
}
