import type { Api } from "telegram";
import type { Lane } from "../call.js";
import { definedOnly } from "../defined-only.js";
import { GuardError, isGuardError } from "../errors.js";
import { markChannel, markedId, markGroup } from "../models/ids.js";
import { looksLikeUsername, parseChatRef, type ChatRef, type ParsedRef } from "./chat-ref.js";
import { dialogPages } from "./dialog-pages.js";
import { PeerBook } from "./peer-book.js";
import type { KnownName, PeerCache } from "./peer-cache.js";
import type { Peer } from "./peer.js";
import type { InvokeOptions, Telegram } from "./telegram.js";

/** What a resolution needs of the call it serves. */
export interface ResolveOptions {
  readonly signal?: AbortSignal;
  readonly deadline?: number;
  readonly lane?: Lane;
  /** Takes a `@name` to mean whoever has it now, although it was somebody else's before. */
  readonly followMovedName?: boolean;
}

/** Pages of dialogs that are read to find a chat by id or title; 100 dialogs each. */
const DIALOG_PAGES = 10;

/** Finds the peer that a caller means, and remembers: every peer that passes by, and what callers named, over restarts. */
export class Peers {
  readonly #book = new PeerBook();
  readonly #cache: PeerCache;
  /** Those that were read as dialogs; all of them once `#allDialogsSeen`. */
  readonly #dialogs = new Set<number>();
  #allDialogsSeen = false;

  constructor(
    readonly telegram: Telegram,
    cache: PeerCache,
  ) {
    this.#cache = cache;
  }

  /** Every answer's users and chats go through here, so that they need not be asked for again. */
  learn(users: readonly Api.TypeUser[], chats: readonly Api.TypeChat[]): void {
    this.#book.learn(users, chats);
  }

  /** A peer seen before, by its marked id. */
  known(id: number): Peer | undefined {
    return this.#book.byId(id);
  }

  /**
   * What one knows of it without asking Telegram. A title only counts once all dialogs are known.
   *
   * @throws {@link GuardError} `chat_ambiguous`, `input_invalid`
   */
  async remembered(ref: ChatRef): Promise<Peer | undefined> {
    const parsed = parseChatRef(ref);
    switch (parsed.kind) {
      case "self":
        return this.#book.self;
      case "username":
        return this.#knownByName(parsed.username, await this.#cache.nameOf(parsed.username));
      case "id":
        return this.#rememberedId(parsed.id);
      case "title":
        return this.#hasAllDialogs().then((all) => (all ? this.#onlyTitled(parsed.title) : undefined));
    }
  }

  /** Keeps these peers, seen before, over restarts. */
  async keep(ids: readonly number[]): Promise<void> {
    await this.#cache.keep(ids.flatMap((id) => this.#book.byId(id) ?? []));
  }

  /** A page of dialogs was read; the last one makes the list complete. */
  async dialogsRead(ids: readonly number[], last: boolean): Promise<void> {
    await this.keep(ids);
    for (const id of ids) this.#dialogs.add(id);
    if (!last) return;
    this.#allDialogsSeen = true;
    await this.#cache.allDialogsRead();
  }

  /**
   * @throws {@link GuardError} `chat_not_found`, `chat_ambiguous`, `name_moved`, `input_invalid`
   */
  async resolve(ref: ChatRef, options: ResolveOptions = {}): Promise<Peer> {
    const peer = await this.#find(parseChatRef(ref), options);
    if (peer === undefined) throw notFound(String(ref));
    return peer;
  }

  #find(ref: ParsedRef, options: ResolveOptions): Promise<Peer | undefined> {
    switch (ref.kind) {
      case "self":
        return this.#self(options);
      case "username":
        return this.#named(ref.username, options);
      case "id":
        return this.#numbered(ref.id, options);
      case "title":
        return this.#titled(ref.title, options);
    }
  }

  async #self(options: ResolveOptions): Promise<Peer | undefined> {
    const { selfId } = this.telegram;
    const known = this.#book.self ?? (selfId === undefined ? undefined : await this.#cache.byId(selfId));
    if (known !== undefined) return known;
    await this.telegram.me(options);
    return this.#book.self;
  }

  /** An id without its mark: a user counts first, then a supergroup or channel, then a group. */
  async #numbered(id: number, options: ResolveOptions): Promise<Peer | undefined> {
    const known = await this.#rememberedId(id);
    if (known !== undefined) return known;
    await this.#readDialogs(options, () => this.#inBook(id) !== undefined);
    return this.#inBook(id);
  }

  async #rememberedId(id: number): Promise<Peer | undefined> {
    return this.#inBook(id) ?? (await this.#kept(candidatesOf(id)));
  }

  #inBook(id: number): Peer | undefined {
    return candidatesOf(id)
      .map((each) => this.#book.byId(each))
      .find(Boolean);
  }

  async #kept(ids: readonly number[]): Promise<Peer | undefined> {
    for (const id of ids) {
      const peer = await this.#cache.byId(id);
      if (peer !== undefined) return peer;
    }
    return undefined;
  }

  async #titled(title: string, options: ResolveOptions): Promise<Peer | undefined> {
    if (!(await this.#hasAllDialogs())) await this.#readDialogs(options, () => false);
    const found = await this.#onlyTitled(title);
    if (found !== undefined) return found;
    return looksLikeUsername(title) ? this.#named(title, options) : undefined;
  }

  async #hasAllDialogs(): Promise<boolean> {
    return this.#allDialogsSeen || (await this.#cache.hasAllDialogs());
  }

  async #onlyTitled(title: string): Promise<Peer | undefined> {
    const found = this.#allDialogsSeen ? this.#dialogsTitled(title) : await this.#cache.titled(title);
    return found.length > 1 ? ambiguous(title, found) : found[0];
  }

  /** Not whoever else has passed by: anybody may take a title that somebody trusts. */
  #dialogsTitled(title: string): readonly Peer[] {
    return this.#book.byTitle(title).filter(({ id }) => this.#dialogs.has(id));
  }

  /** A `@name` means whom it meant before, or nobody: it may have changed hands, and then a person is to look. */
  async #named(username: string, options: ResolveOptions): Promise<Peer | undefined> {
    const before = await this.#cache.nameOf(username);
    const known = options.followMovedName === true ? undefined : await this.#knownByName(username, before);
    const peer = known ?? (await this.#askForName(username, options));
    if (peer === undefined) return undefined;
    if (before !== undefined && before.id !== peer.id && options.followMovedName !== true) {
      throw moved(username, before.id, peer.id);
    }
    if (known === undefined || before === undefined) {
      await this.#cache.keep([peer]);
      await this.#cache.keepName(username, peer.id);
    }
    return peer;
  }

  async #knownByName(username: string, before: KnownName | undefined): Promise<Peer | undefined> {
    if (before?.fresh === false) return undefined;
    const seen = this.#book.byUsername(username);
    if (seen !== undefined || before === undefined) return seen;
    return this.#book.byId(before.id) ?? (await this.#cache.byId(before.id));
  }

  async #askForName(username: string, options: ResolveOptions): Promise<Peer | undefined> {
    const { api } = this.telegram;
    try {
      const request = new api.contacts.ResolveUsername({ username });
      const { peer, users, chats } = await this.telegram.invoke(request, callOf(options));
      this.learn(users, chats);
      // What one is banned from comes without its name.
      return this.#book.byId(markedId(peer));
    } catch (error) {
      if (isGuardError(error, "telegram_error") && /^USERNAME_/.test(error.details.name)) return undefined;
      throw error;
    }
  }

  async #readDialogs(options: ResolveOptions, enough: () => boolean): Promise<void> {
    let pages = 0;
    for await (const page of dialogPages(this.telegram, callOf(options))) {
      if (page.last || enough() || ++pages === DIALOG_PAGES) return;
    }
  }
}

const candidatesOf = (id: number): readonly number[] => (id < 0 ? [id] : [id, markChannel(id), markGroup(id)]);

const callOf = ({ signal, deadline, lane }: ResolveOptions): InvokeOptions => definedOnly({ signal, deadline, lane });

function ambiguous(title: string, found: readonly Peer[]): never {
  throw new GuardError("chat_ambiguous", `${found.length} chats are called "${title}".`, {
    details: { chat: title, ids: found.map(({ id }) => id) },
    nextStep: "Name the chat by one of the ids in details.ids.",
  });
}

const moved = (name: string, was: number, is: number): GuardError<"name_moved"> =>
  new GuardError("name_moved", `@${name} belonged to ${was} and belongs to ${is} now; it was not followed.`, {
    details: { name, was, is },
    nextStep: "Use the id of the one you mean. To accept the new owner, call read.resolve with followMovedName: true.",
  });

const notFound = (chat: string): GuardError<"chat_not_found"> =>
  new GuardError("chat_not_found", `No chat "${chat}" was found.`, {
    details: { chat },
    nextStep: "List the chats with `dialogs`, then use the id, the @name or the exact title from there.",
  });
