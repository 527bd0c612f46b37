import type * as Tl from "../tl/types.js";
import { AccessHashes } from "./access-hash.js";
import type { Account, LoginStart } from "./account.js";
import { BotQueries } from "./bot-queries.js";
import { BotSettings } from "./bot-settings.js";
import { Channel, Group, type ChannelSetup, type GroupSetup } from "./chat.js";
import { viewChat, type ChatView } from "./chat-view.js";
import { populateDemo } from "./demo/demo.js";
import { populateFromFile } from "./world-file.js";
import { Expiry } from "./expiry.js";
import { Files } from "./files.js";
import { populateGenerated, type GeneratedSize } from "./generated/generated.js";
import { listChats, type ChatInfo } from "./listing.js";
import { Mailbox } from "./mailbox.js";
import { channelPeer, type Peer } from "./peer.js";
import { deleteMessages, editText } from "./happen.js";
import type { WorldBuilder } from "./plan/builder.js";
import { populateByBuilder, populateFromDescription, type WorldDescription } from "./plan/source.js";
import { post, type Posting } from "./post.js";
import { Invites } from "./invites.js";
import { Polls } from "./polls.js";
import { Relations } from "./relations.js";
import { Schedule } from "./schedule.js";
import { Settings } from "./settings.js";
import { Uploads } from "./uploads.js";
import { RandomIds } from "./random-ids.js";
import { Takeouts } from "./takeouts.js";
import { fullName, Users, type User } from "./users.js";

export type { Account } from "./account.js";
export type { GeneratedSize } from "./generated/generated.js";
export type { ChatInfo } from "./listing.js";

/**
 * Where a world comes from: the `demo`, a seeded one of any size (`generated`), a file (`file`: the path of a world file, or of
 * the result.json of a Telegram Desktop export), what such a world file holds, or a function that describes it step by step.
 */
export type WorldSource =
  | "demo"
  | { readonly generated: GeneratedSize }
  | { readonly file: string }
  | { readonly described: WorldDescription }
  | ((world: WorldBuilder) => void);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface DcAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** Everybody and everything this server knows. It speaks no protocol: handlers put it into TL. */
export class World {
  readonly users = new Users();
  readonly groups = new Map<number, Group>();
  readonly channels = new Map<number, Channel>();
  readonly files = new Files();
  readonly accessHashes = new AccessHashes();
  readonly randomIds = new RandomIds();
  readonly takeouts = new Takeouts();
  readonly settings = new Settings();
  readonly uploads = new Uploads();
  readonly invites = new Invites();
  readonly polls = new Polls(() => this.now());
  readonly botQueries = new BotQueries();
  readonly botSettings = new BotSettings();
  readonly schedule = new Schedule();
  readonly expiry = new Expiry((due) => this.schedule.onDate?.(due));
  readonly relations = new Relations((userId) => this.mailbox(userId));
  /** The addresses given to clients; the server sets them once it listens. */
  dcOptions: readonly DcAddress[] = [];
  /** The data centre of everything that is not said to lie elsewhere. */
  readonly mainDc = 2;
  /** How many channels and supergroups an account can be in. */
  mostChannels = 500;
  /** Takes what happens in the world without a request, to push it to the account's sessions. */
  onUpdates: ((accountId: number, updates: Tl.TypeUpdates) => void) | undefined;
  readonly #accounts: Mutable<Account>[] = [];
  readonly #bots: Mutable<Account>[] = [];
  readonly #mailboxes = new Map<number, Mailbox>();
  #origins = 0;

  /** @param now the clock, in milliseconds of Unix time */
  constructor(readonly now: () => number) {}

  /** People who can log in. */
  get accounts(): readonly Account[] {
    return this.#accounts;
  }

  /** Bots that can log in, by their tokens. */
  get bots(): readonly Account[] {
    return this.#bots;
  }

  /** Adds a person who can log in. */
  addAccount(person: User & { readonly phone: string }, login: LoginStart): Account {
    const { id, phone, username } = person;
    const account: Mutable<Account> = { id, phone, ...login, ...(username === undefined ? {} : { username }) };
    this.users.add(person);
    this.#accounts.push(account);
    this.#mailboxes.set(id, new Mailbox(id));
    return account;
  }

  /** Adds a bot that can log in. Who is described as a bot without a token only stands there. */
  addBot(user: User, token: string): Account {
    const { id, username } = user;
    const account = { id, phone: "", code: "", token, ...(username === undefined ? {} : { username }) };
    this.users.add(user);
    this.#bots.push(account);
    this.#mailboxes.set(id, new Mailbox(id));
    return account;
  }

  isBot(userId: number): boolean {
    return this.users.get(userId)?.bot === true;
  }

  /** An id that is nobody's. */
  newUserId(): number {
    const highest = this.#accounts.reduce((most, { id }) => Math.max(most, id), 0);
    for (let id = highest + 1; ; id++) if (!this.users.get(id)) return id;
  }

  addGroup(setup: GroupSetup): Group {
    const group = new Group(setup);
    this.groups.set(group.id, group);
    return group;
  }

  /** Adds a supergroup or channel; it appears in the list of every account that is a member. */
  addChannel(setup: ChannelSetup): Channel {
    const channel = new Channel(setup, this.now);
    this.channels.set(channel.id, channel);
    for (const mailbox of this.membersAmongAccounts(channel)) mailbox.open(channelPeer(channel.id), channel.history);
    return channel;
  }

  mailbox(accountId: number): Mailbox | undefined {
    return this.#mailboxes.get(accountId);
  }

  /** The mailbox of somebody who surely has an account. */
  mailboxOf(account: Account): Mailbox {
    const mailbox = this.#mailboxes.get(account.id);
    if (!mailbox) throw new Error(`account ${account.id} is not of this world`);
    return mailbox;
  }

  mailboxes(): readonly Mailbox[] {
    return [...this.#mailboxes.values()];
  }

  membersAmongAccounts(chat: Group | Channel): readonly Mailbox[] {
    return this.mailboxes().filter((mailbox) => chat.members.get(mailbox.accountId) !== undefined);
  }

  /** Numbers messages that have a copy in several mailboxes. */
  nextOrigin(): number {
    this.#origins += 1;
    return this.#origins;
  }

  channelByUsername(name: string): Channel | undefined {
    const wanted = name.toLowerCase();
    for (const channel of this.channels.values()) if (channel.username?.toLowerCase() === wanted) return channel;
    return undefined;
  }

  titleOf(peer: Peer): string {
    if (peer.kind === "chat") return this.groups.get(peer.id)?.title ?? "";
    if (peer.kind === "channel") return this.channels.get(peer.id)?.title ?? "";
    const user = this.users.get(peer.id);
    return user ? fullName(user) : "";
  }

  /** Every chat that some account could come across. */
  chats(): readonly ChatInfo[] {
    return listChats(this);
  }

  /**
   * The truth about one chat, by id, name with or without its `@`, or title.
   *
   * @throws Error when there is none
   */
  chat(which: number | string): ChatView {
    return viewChat(this, which);
  }

  /**
   * An account by id, username or phone number, or a bot's by id or username.
   *
   * @throws Error when there is none
   */
  account(which: number | string): Account {
    const name = typeof which === "string" ? which.replace(/^[@+]/, "").toLowerCase() : which;
    const isMeant = (account: Account): boolean =>
      account.id === name || account.phone === name || account.username?.toLowerCase() === name;
    const all = [...this.#accounts, ...this.#bots];
    // The number of a deleted account may be somebody else's by now.
    const found = all.find((account) => isMeant(account) && !account.deleted) ?? all.find(isMeant);
    if (!found) throw new Error(`this world has no account ${which}`);
    return found;
  }

  /** The data centre where an account lives. */
  homeOf({ dcId = this.mainDc }: Account): number {
    return dcId;
  }

  /** Changes how an account is logged in to, or where it lives. */
  changeLogin(which: number | string, changes: Partial<Omit<Account, "id">>): void {
    const { id } = this.account(which);
    const account = this.#accounts.find((one) => one.id === id);
    if (account) Object.assign(account, changes);
  }

  /** Somebody writes a message, and the accounts that can see it hear of it. Returns its id as the chat's view has it. */
  post(chat: number | string, posting: Posting): number {
    return post(this, chat, posting);
  }

  /** Its author changes a message, and the accounts that can see it hear of it. */
  edit(chat: number | string, id: number, text: string): void {
    editText(this, chat, id, text);
  }

  /** Messages are deleted for everybody, and the accounts that could see them hear of it. */
  delete(chat: number | string, ids: readonly number[]): void {
    deleteMessages(this, chat, ids);
  }

  /** Every account is told that it missed more than is worth telling. */
  loseUpdates(): void {
    for (const { id } of this.#accounts) this.onUpdates?.(id, { _: "updatesTooLong" });
  }

  /** A name changes hands: from now on it is this user's, whoever had it before. */
  moveUsername(name: string, userId: number): void {
    const user = this.users.get(userId);
    if (!user) throw new Error(`there is no user ${userId}`);
    const [before, channel] = [this.users.byUsername(name), this.channelByUsername(name)];
    if (before) this.#call(before, undefined);
    if (channel) channel.username = undefined;
    this.#call(user, name);
  }

  #call(user: User, username: string | undefined): void {
    this.users.add({ ...user, username });
    const account = [...this.#accounts, ...this.#bots].find(({ id }) => id === user.id);
    if (account) account.username = username;
  }

  /** What people are to one another has changed: everybody sees everybody anew. */
  forgetBuilt(): void {
    for (const mailbox of this.#mailboxes.values()) mailbox.forgetBuilt();
  }

  /** From now on no file can be fetched with the references given so far. */
  expireFileReferences(): void {
    this.files.generation += 1;
    this.forgetBuilt();
  }
}

export function createWorld(source: WorldSource | World, now: () => number): World {
  if (source instanceof World) return source;
  const world = new World(now);
  if (source === "demo") populateDemo(world);
  else if (typeof source === "function") populateByBuilder(world, source);
  else if ("described" in source) populateFromDescription(world, source.described);
  else if ("generated" in source) populateGenerated(world, source.generated);
  else populateFromFile(world, source.file);
  return world;
}
