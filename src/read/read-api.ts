import type { FileAccess } from "../files/access.js";
import type { Chat } from "../models/chat.js";
import type { ChatInfo } from "../models/chat-info.js";
import type { Dialog } from "../models/dialog.js";
import type { Message } from "../models/message.js";
import type { MyRights } from "../models/my-rights.js";
import type { Participant } from "../models/participant.js";
import type { Topic } from "../models/topic.js";
import { toUser, type User } from "../models/user.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { commonChats, contacts, type Contact } from "./contacts.js";
import { downloadMedia, type DownloadedMedia, type DownloadMediaOptions } from "./download-media.js";
import { dialogs, type DialogsOptions } from "./dialogs.js";
import { groupInfo } from "./group-info.js";
import type { Instant } from "./instant.js";
import type { Listing } from "./listing.js";
import { creationDate, messageCount } from "./message-facts.js";
import { messagesByIds, type MessagesById, type MessagesByIdOptions } from "./messages-by-id.js";
import type { MessagesOptions } from "./message-options.js";
import { messages } from "./messages.js";
import type { ListOptions, ReadOptions } from "./options.js";
import { participants, type ParticipantsOptions, type SearchParticipantsOptions } from "./participants.js";
import { devices, type Device } from "./devices.js";
import { myRights, resolve, userById, type Resolved, type ResolveOptions } from "./people.js";
import { searchAll, type SearchAllOptions } from "./search-all.js";
import { authStatus, type AuthStatus, type ReadPorts, type Stats } from "./status.js";
import { topics, type TopicsOptions } from "./topics.js";
import { watch, type Watch, type WatchedChats } from "./watch.js";
import type { WatchOptions } from "./watch-options.js";

/**
 * Everything one can read. Nothing here changes anything at Telegram, not even a read mark.
 *
 * Every reading that names a chat may fail with `chat_not_found`, `chat_ambiguous`, `name_moved`, `not_a_member`,
 * `not_allowed` where reading is limited, and `input_invalid`, and with the errors of every call ({@link GuardError}).
 *
 * The requests told are those for a known chat; to find one by a name it has not met takes one more, by an id or a
 * title one for each 100 dialogs.
 *
 * @example
 * ```ts
 * const { title, participantsCount } = await client.read.groupInfo("@tidewater_lab");
 * console.log(title, participantsCount);
 * for await (const { senderName, text } of client.read.messages("@tidewater_lab", { limit: 20 })) console.log(senderName, text);
 * ```
 */
export class ReadApi {
  readonly #telegram: Telegram;
  readonly #ports: ReadPorts;
  readonly #files: FileAccess;

  constructor(telegram: Telegram, ports: ReadPorts, files: FileAccess) {
    this.#telegram = telegram;
    this.#ports = ports;
    this.#files = files;
  }

  /**
   * The account itself. One request.
   *
   * @example
   * ```ts
   * const { id, username, firstName } = await client.read.me();
   * ```
   */
  async me(options: ReadOptions = {}): Promise<User> {
    return toUser(await this.#telegram.me(options));
  }

  /**
   * Whether Telegram accepts the session, and whose it is. One request.
   *
   * @example
   * ```ts
   * const { authorized, account, error } = await client.read.authStatus();
   * console.log(authorized ? account?.username : error?.nextStep);
   * ```
   */
  authStatus(options: ReadOptions = {}): Promise<AuthStatus> {
    return authStatus(this.#telegram, this.#ports, options);
  }

  /**
   * Quotas, budget, health of the account and what the guards counted. Sends nothing.
   *
   * Errors: those of the store.
   *
   * @example
   * ```ts
   * const { quotas, health, metrics } = await client.read.stats();
   * console.log(quotas.dm.left, health.status, metrics.requests);
   * ```
   */
  stats(): Promise<Stats> {
    return this.#ports.stats();
  }

  /**
   * The account's chats, without Telegram's own chat unless asked for. One request for each 100.
   *
   * @example
   * ```ts
   * for await (const { id, title, unreadCount } of client.read.dialogs({ type: "group", limit: 100 })) {
   *   console.log(id, title, unreadCount);
   * }
   * ```
   */
  dialogs(options?: DialogsOptions): Listing<Dialog> {
    return dialogs(this.#telegram, options);
  }

  /**
   * Every device and program that is logged in to the account. One request.
   *
   * @example
   * ```ts
   * for (const { app, ip, activeAt } of await client.read.devices()) console.log(app, ip, activeAt);
   * ```
   */
  devices(options?: ReadOptions): Promise<readonly Device[]> {
    return devices(this.#telegram, options);
  }

  /**
   * The account's address book. One request.
   *
   * @example
   * ```ts
   * const contacts = await client.read.contacts();
   * console.log(contacts.map(({ firstName, username }) => username ?? firstName));
   * ```
   */
  contacts(options?: ReadOptions): Promise<readonly Contact[]> {
    return contacts(this.#telegram, options);
  }

  /**
   * Who or what a `@name`, link, id or title means. One request.
   *
   * @example
   * ```ts
   * const found = await client.read.resolve("@jonas_lq");
   * if (found.kind === "user") console.log(found.id, found.firstName);
   * ```
   */
  resolve(ref: ChatRef, options?: ResolveOptions): Promise<Resolved> {
    return resolve(this.#telegram, ref, options);
  }

  /**
   * A person or bot that this account has met. One request.
   *
   * @example
   * ```ts
   * const { id } = await client.read.resolve("@jonas_lq");
   * const { firstName, isBot } = await client.read.userById(id);
   * ```
   */
  userById(id: number, options?: ReadOptions): Promise<User> {
    return userById(this.#telegram, id, options);
  }

  /**
   * Groups and supergroups shared with somebody. One request for each 100.
   *
   * @example
   * ```ts
   * const shared = await client.read.commonChats("@jonas_lq").toArray({ limit: 100 });
   * console.log(shared.map(({ title }) => title));
   * ```
   */
  commonChats(user: ChatRef, options?: ListOptions): Listing<Chat> {
    return commonChats(this.#telegram, user, options);
  }

  /**
   * Description, counts and flags of a chat, of a person or bot too. One request.
   *
   * @example
   * ```ts
   * const { about, participantsCount } = await client.read.groupInfo("@tidewater_lab");
   * ```
   */
  groupInfo(chat: ChatRef, options?: ReadOptions): Promise<ChatInfo> {
    return groupInfo(this.#telegram, chat, options);
  }

  /**
   * What this account may do in a chat. One request.
   *
   * @example
   * ```ts
   * const { canSend } = await client.read.myRights("@tidewater_lab");
   * ```
   */
  myRights(chat: ChatRef, options?: ReadOptions): Promise<MyRights> {
    return myRights(this.#telegram, chat, options);
  }

  /**
   * Who is in a group, supergroup or channel; bots only on request. One request for each 200; a group tells all at once.
   * Telegram lists at most 10,000 of a supergroup, and a channel's only to its admins.
   *
   * @example
   * ```ts
   * for await (const { id, username, role } of client.read.participants("@tidewater_lab")) console.log(id, username, role);
   * ```
   */
  participants(chat: ChatRef, options?: ParticipantsOptions): Listing<Participant> {
    return participants(this.#telegram, chat, options);
  }

  /**
   * Members whose name or username begins with the query; Telegram finds at most 200 of them. One request.
   *
   * @example
   * ```ts
   * const [kenta] = await client.read.searchParticipants("@tidewater_lab", "kenta", { limit: 1 }).toArray();
   * console.log(kenta?.id);
   * ```
   */
  searchParticipants(chat: ChatRef, query: string, options?: SearchParticipantsOptions): Listing<Participant> {
    return participants(this.#telegram, chat, options, query);
  }

  /**
   * The creator and the admins, bots among them. One request for each 200.
   *
   * @example
   * ```ts
   * const admins = await client.read.admins("@tidewater_lab").toArray({ limit: 50 });
   * console.log(admins.map(({ firstName, rank }) => rank ?? firstName));
   * ```
   */
  admins(chat: ChatRef, options?: ListOptions): Listing<Participant> {
    return participants(this.#telegram, chat, { ...options, filter: "admins", includeBots: true });
  }

  /**
   * The bots in a chat. One request for each 200.
   *
   * @example
   * ```ts
   * for await (const { username } of client.read.bots("@tidewater_lab")) console.log(username);
   * ```
   */
  bots(chat: ChatRef, options?: ListOptions): Listing<Participant> {
    return participants(this.#telegram, chat, { ...options, filter: "bots" });
  }

  /**
   * The messages of a chat, newest first unless told otherwise. One request for each 100 messages; `since`, `until` and a
   * cursor jump to their place. `fromUser`, `search` and `media` let Telegram search instead. `total()` counts the whole
   * history, or all that a search finds.
   *
   * @example
   * ```ts
   * const photos = client.read.messages("@tidewater_lab", { since: "2025-05-01", media: "photo", limit: 10 });
   * for await (const { id, date, senderName } of photos) console.log(id, date, senderName);
   * console.log(photos.cursor); // goes on from here as `{ cursor }`
   * ```
   */
  messages(chat: ChatRef, options?: MessagesOptions): Listing<Message> {
    return messages(this.#telegram, chat, options);
  }

  /**
   * The messages of a chat from a moment on. As {@link ReadApi.messages}.
   *
   * @example
   * ```ts
   * const today = new Date(Date.now() - 86_400_000);
   * for await (const { text } of client.read.messagesSince("@tidewater_lab", today)) console.log(text);
   * ```
   */
  messagesSince(chat: ChatRef, cutoff: Instant, options?: Omit<MessagesOptions, "since">): Listing<Message> {
    return messages(this.#telegram, chat, { ...options, since: cutoff });
  }

  /**
   * Messages by their ids, in the order asked for, and which of them are not there. One request for each 100.
   *
   * @example
   * ```ts
   * const { messages, missing } = await client.read.messagesByIds("@tidewater_lab", [1, 2, 999_999]);
   * console.log(messages.length, missing); // 2 [ 999999 ]
   * ```
   */
  messagesByIds(chat: ChatRef, ids: readonly number[], options?: MessagesByIdOptions): Promise<MessagesById> {
    return messagesByIds(this.#telegram, chat, ids, options);
  }

  /**
   * Saves the photo or document of a message inside the folders that the client may write to, as `<message id>-<name>`
   * unless `to` names a file, and never over another one. Stopped at any byte, the same call goes on where it was. One
   * request, and one for each 512 KiB.
   *
   * Errors: `message_not_found`, `media_unavailable`, `file_too_large`, `path_not_allowed`, `file_exists`, `file_error`.
   *
   * @example
   * ```ts
   * const [photo] = await client.read.messages("@tidewater_lab", { media: "photo", limit: 1 }).toArray();
   * const { path, bytes } = await client.read.downloadMedia("@tidewater_lab", photo?.id ?? 0, { limitBytes: 50_000_000 });
   * console.log(path, bytes);
   * ```
   */
  downloadMedia(chat: ChatRef, messageId: number, options?: DownloadMediaOptions): Promise<DownloadedMedia> {
    return downloadMedia(this.#telegram, this.#files, chat, messageId, options);
  }

  /**
   * How many messages a chat has, service messages included. One request.
   *
   * @example
   * ```ts
   * console.log(await client.read.messageCount("@tidewater_lab"));
   * ```
   */
  messageCount(chat: ChatRef, options?: ReadOptions): Promise<number> {
    return messageCount(this.#telegram, chat, options);
  }

  /**
   * ISO time of a chat's first message; `undefined` when it has none. One request.
   *
   * @example
   * ```ts
   * console.log(await client.read.creationDate("@tidewater_lab")); // 2025-03-03T08:00:00.000Z
   * ```
   */
  creationDate(chat: ChatRef, options?: ReadOptions): Promise<string | undefined> {
    return creationDate(this.#telegram, chat, options);
  }

  /**
   * Pinned messages, newest first. One request for each 100.
   *
   * @example
   * ```ts
   * for await (const { id, text } of client.read.pinned("@tide_talk_chat")) console.log(id, text);
   * ```
   */
  pinned(chat: ChatRef, options?: Omit<MessagesOptions, "media">): Listing<Message> {
    return messages(this.#telegram, chat, { ...options, media: "pinned" });
  }

  /**
   * The messages of a chat with these words. One request for each 100.
   *
   * @example
   * ```ts
   * for await (const { date, text } of client.read.search("@tidewater_lab", "buoy", { limit: 5 })) console.log(date, text);
   * ```
   */
  search(chat: ChatRef, query: string, options?: Omit<MessagesOptions, "search">): Listing<Message> {
    return messages(this.#telegram, chat, { ...options, search: query });
  }

  /**
   * The messages of all chats with these words, newest first. One request for each 100.
   *
   * @example
   * ```ts
   * for await (const { chatId, text } of client.read.searchAll("buoy", { limit: 5 })) console.log(chatId, text);
   * ```
   */
  searchAll(query: string, options?: SearchAllOptions): Listing<Message> {
    return searchAll(this.#telegram, query, options);
  }

  /**
   * The answers of a message's thread; below a post of a channel its comments, which are in the discussion group.
   *
   * @example
   * ```ts
   * for await (const { senderName, text } of client.read.replies("@tidewater_lab", 1)) console.log(senderName, text);
   * ```
   */
  replies(chat: ChatRef, messageId: number, options?: Omit<MessagesOptions, "topic">): Listing<Message> {
    return messages(this.#telegram, chat, { ...options, topic: messageId });
  }

  /**
   * The topics of a forum: pinned ones first, then by the newest message. One request for each 100.
   *
   * @example
   * ```ts
   * for await (const { id, title, unreadCount } of client.read.topics("@quayside_forum")) console.log(id, title, unreadCount);
   * ```
   */
  topics(chat: ChatRef, options?: TopicsOptions): Listing<Topic> {
    return topics(this.#telegram, chat, options);
  }

  /**
   * The messages of a forum's topic. As {@link ReadApi.messages}.
   *
   * @example
   * ```ts
   * const [topic] = await client.read.topics("@quayside_forum", { limit: 1 }).toArray();
   * for await (const { text } of client.read.topicMessages("@quayside_forum", topic?.id ?? 1, { limit: 5 })) console.log(text);
   * ```
   */
  topicMessages(chat: ChatRef, topicId: number, options?: Omit<MessagesOptions, "topic">): Listing<Message> {
    return messages(this.#telegram, chat, { ...options, topic: topicId });
  }

  /**
   * New messages as they are written: of one chat, of several, or of `"all"`. Each comes once and in the order of its
   * chat, over lost connections too. To begin takes one or two requests for each 100 chats, a connection that was lost
   * about as many; while nothing is amiss, none. Needs a client opened with `receiveUpdates: true`.
   *
   * Errors: `input_invalid` without that, `messages_missed` when new messages of a chat cannot be read any more.
   *
   * @example
   * ```ts
   * const watch = await client.read.watch(["@tidewater_lab"]).ready();
   * sandbox.world.post("@tidewater_lab", { from: "@priya_raman", text: "Low water at six" }); // somebody writes
   * for await (const { senderName, text } of watch) {
   *   console.log(senderName, text);
   *   break; // ends the watch; `watch.cursor` goes on from here
   * }
   * ```
   */
  watch(chats: WatchedChats, options?: WatchOptions): Watch {
    return watch(this.#telegram, chats, options);
  }
}
