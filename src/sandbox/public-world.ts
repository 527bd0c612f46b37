import type { WorldLogins } from "./public-logins.js";
import type { Account } from "./world/account.js";
import type { FolderKind } from "./world/folders.js";
import type { ChatInfo } from "./world/listing.js";
import type { AdminRight, Denial } from "./world/members.js";
import type { NewMessage } from "./world/plan/builder.js";
import type { Limits, Privacy } from "./world/relations.js";

/** A user, basic group ("chat") or channel by its bare id. */
export interface WorldPeer {
  readonly kind: "user" | "chat" | "channel";
  readonly id: number;
}

/** The bytes of a file, made or read as they are asked for. */
export interface WorldBytes {
  /** How many bytes there are. */
  readonly size: number;
  /** The bytes from there on, at most so many. */
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

/** How often a message was answered with an emoji, and by whom as far as is known. */
export interface WorldReaction {
  /** In TL's form: `{ _: "reactionEmoji", emoticon }`. */
  readonly reaction: { readonly _: string; readonly emoticon?: string };
  readonly count: number;
  readonly recent: readonly { readonly from: WorldPeer; readonly date: number }[];
}

/** A poll as the world has it. */
export interface WorldPoll {
  readonly question: string;
  readonly answers: readonly { readonly text: string; readonly voters: number }[];
  readonly voters: number;
  readonly isClosed: boolean;
}

/** A text left in a chat's input field. */
export interface WorldDraft {
  readonly text: string;
  readonly replyTo?: number | undefined;
  readonly topic?: number | undefined;
  /** Seconds of Unix time. */
  readonly date: number;
}

/** A message that waits for its time. */
export interface WorldScheduled {
  /** Counts among the waiting ones alone. */
  readonly id: number;
  /** When it is due, in seconds of Unix time. */
  readonly date: number;
  readonly text: string;
  readonly media?: WorldMedia | undefined;
}

/** What somebody may do in a chat from now on: `{}` makes him a member like the others. */
export interface WorldRights {
  /** Makes him an admin with these of Telegram's flags (`ban_users`…), or with all that admins usually have. */
  readonly admin?: true | readonly AdminRight[];
  /** Leaves him a member who may not do this, by Telegram's flags (`send_messages`…). */
  readonly denied?: readonly Denial[];
  /** Until when that is denied, in seconds of Unix time; for good by default. */
  readonly until?: number;
}

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
  readonly reactions?: readonly WorldReaction[] | undefined;
  readonly silent?: boolean | undefined;
  /** May not be passed on or saved. */
  readonly noForwards?: boolean | undefined;
  /** The same for all pictures of one album. */
  readonly groupedId?: bigint | undefined;
  /** It was written earlier, to be sent at its time. */
  readonly fromScheduled?: boolean | undefined;
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

/** A bot that can log in. */
export interface WorldBot {
  readonly id: number;
  readonly username?: string | undefined;
  /** For auth.importBotAuthorization. */
  readonly token: string;
}

/**
 * One chat as the world has it.
 *
 * @example
 * ```ts
 * const chat = sandbox.world.chat("@tidewater_lab");
 * console.log(chat.count, [...chat.members()].length, [...chat.messages()].at(-1)?.text);
 * ```
 */
export interface WorldChat extends ChatInfo {
  /** How many messages it has. */
  readonly count: number;
  /** Oldest first. */
  messages(): IterableIterator<WorldMessage>;
  /** The message of that id, if it is there. */
  byId(id: number): WorldMessage | undefined;
  /** Who is in it. */
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
  /** What is attached: a photo, a file, a poll… as in a world file. */
  readonly media?: NewMessage["media"];
  /** Buttons beneath it, as in a world file. */
  readonly buttons?: NewMessage["buttons"];
  /** The text has **bold**, __italic__, `code`, ||spoiler|| and [links](https://…). */
  readonly markup?: boolean;
  readonly silent?: boolean;
  /** Nobody is told: the next update shows a gap, as when one is lost on the way. */
  readonly unannounced?: boolean;
}

/**
 * Everything the sandbox knows, beside the protocol. What names a chat, person, account or message that is not there
 * throws a plain Error with a sentence.
 *
 * @example
 * ```ts
 * const id = sandbox.world.post("@tidewater_lab", { from: "@priya_raman", text: "Low water at six" });
 * sandbox.world.react("@tidewater_lab", id, { from: "@jonas_lq", emoji: "👍" });
 * sandbox.world.setRights("@tidewater_lab", "@jonas_lq", { denied: ["send_media"] });
 * console.log(sandbox.world.chat("@tidewater_lab").byId(id)?.reactions?.[0]?.count); // 1
 * ```
 */
export interface SandboxWorld extends WorldLogins {
  readonly accounts: readonly Account[];
  /** Bots that can log in. */
  readonly bots: readonly WorldBot[];
  /** Every chat that some account could come across. */
  chats(): readonly ChatInfo[];
  /** By id, with or without its mark, by `@name` or by title. Throws when there is none. */
  chat(which: number | string): WorldChat;
  /**
   * Somebody else writes, and the connected clients that can see it hear of it. Returns the new message's id.
   *
   * @throws {@link SandboxError} `world_invalid` for media or buttons that cannot be made
   */
  post(chat: number | string, posting: WorldPosting): number;
  /** The author of a message changes its text, and the connected clients that can see it hear of it. */
  edit(chat: number | string, id: number, text: string): void;
  /** Messages are deleted for everybody, and the connected clients that could see them hear of it. */
  delete(chat: number | string, ids: readonly number[]): void;
  /** Somebody reacts to a message; without an `emoji` he takes his reaction back. */
  react(chat: number | string, id: number, by: { readonly from: number | string; readonly emoji?: string }): void;
  /** Somebody chooses answers of a poll, by their texts. */
  vote(
    chat: number | string,
    id: number,
    by: { readonly from: number | string; readonly answers: readonly string[] },
  ): void;
  /** The poll in a message with all its votes, also those that no account has been shown. */
  poll(chat: number | string, id: number): WorldPoll | undefined;
  /** The other one in a private chat reads what was written to him, and its writer hears of it. */
  readByOther(chat: number | string): void;
  /** Tells every connected client that it missed too much (`updatesTooLong`). */
  loseUpdates(): void;
  /** A username changes hands: from now on it is this user's, whoever had it before. */
  moveUsername(name: string, userId: number): void;
  /** From now on no file can be fetched with the references given so far: `FILE_REFERENCE_EXPIRED`. */
  expireFileReferences(): void;
  /** What an account (the first by default) has left in the input field of a chat, or of a topic in it. */
  draft(
    chat: number | string,
    where?: { readonly account?: number | string; readonly topic?: number },
  ): WorldDraft | undefined;
  /** What an account (the first by default) will send to a chat, the first due first. */
  scheduled(chat: number | string, where?: { readonly account?: number | string }): readonly WorldScheduled[];
  /** The creator throws somebody out, who cannot come back by himself. People are named by id, `@name` or full name. */
  kick(chat: number | string, user: number | string): void;
  /** Somebody becomes a member, or his request to join is approved. */
  admit(chat: number | string, user: number | string): void;
  /**
   * A member becomes an admin, or may do less than the others, or is again like the others. In a basic group nobody can be
   * denied anything: that throws.
   */
  setRights(chat: number | string, user: number | string, rights: WorldRights): void;
  /** What members may not do from now on, by Telegram's flags. Changing the chat and pinning they never may. */
  setDefaultRights(chat: number | string, denied: readonly Denial[]): void;
  /** Members of a supergroup wait so long from one message to the next; 0 ends it. */
  setSlowMode(chat: number | string, seconds: number): void;
  /** What is written in the chat may not be passed on: `CHAT_FORWARDS_RESTRICTED`. */
  protect(chat: number | string, isProtected?: boolean): void;
  /** The creator gives the chat another title. */
  rename(chat: number | string, title: string): void;
  /** A link to join by. Returns its hash, the part behind `t.me/+`. Times in seconds of Unix time. */
  invite(
    chat: number | string,
    terms?: { readonly expiresAt?: number; readonly usageLimit?: number; readonly requestNeeded?: boolean },
  ): string;
  /** `by` blocks `user`. */
  block(user: number | string, by: number | string): void;
  /** `by` lets `user` write again. */
  unblock(user: number | string, by: number | string): void;
  /** Who may add a user to groups, see his number or when he was online, find him by his number… */
  setPrivacy(user: number | string, privacy: Privacy): void;
  /** Whether an account has somebody among its contacts. */
  setContact(of: number | string, user: number | string, isContact?: boolean): void;
  /** A folder of an account's list of chats (the first account's by default). */
  addFolder(
    title: string,
    folder: {
      readonly account?: number | string;
      readonly include?: readonly (number | string)[];
      readonly exclude?: readonly (number | string)[];
      readonly kinds?: readonly FolderKind[];
    },
  ): void;
  /** Telegram limits an account: `PEER_FLOOD` with strangers, `USER_BANNED_IN_CHANNEL` in public groups. */
  limit(account: number | string, limits: Limits): void;
  /** How many channels and supergroups an account can be in: `CHANNELS_TOO_MUCH`. */
  limitChannels(most: number): void;
  /** From now on all files lie at that data centre: `FILE_MIGRATE_X` anywhere else. */
  moveFiles(dcId: number): void;
  /** Anybody by id. */
  readonly users: {
    /** `undefined` where there is nobody. */
    get(id: number): WorldUser | undefined;
  };
}
