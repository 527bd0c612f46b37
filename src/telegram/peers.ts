import type { Api } from "telegram";
import { GuardError, isGuardError } from "../errors.js";
import { markChannel, markedId, markGroup } from "../models/ids.js";
import { looksLikeUsername, parseChatRef, type ChatRef, type ParsedRef } from "./chat-ref.js";
import { dialogPages } from "./dialog-pages.js";
import { PeerBook } from "./peer-book.js";
import type { Peer } from "./peer.js";
import type { Telegram } from "./telegram.js";

/** What a resolution needs of the call it serves. */
export interface ResolveOptions {
  readonly signal?: AbortSignal;
  readonly deadline?: number;
}

/** Pages of dialogs that are read to find a chat by id or title; 100 dialogs each. */
const DIALOG_PAGES = 10;

/** Finds the peer that a caller means, and remembers every peer that passes by. */
export class Peers {
  readonly #book = new PeerBook();
  #allDialogsSeen = false;

  constructor(readonly telegram: Telegram) {}

  /** Every answer's users and chats go through here, so that they need not be asked for again. */
  learn(users: readonly Api.TypeUser[], chats: readonly Api.TypeChat[]): void {
    this.#book.learn(users, chats);
  }

  /** A peer seen before, by its marked id. */
  known(id: number): Peer | undefined {
    return this.#book.byId(id);
  }

  /**
   * @throws {@link GuardError} `chat_not_found`, `chat_ambiguous`, `input_invalid`
   */
  async resolve(ref: ChatRef, options: ResolveOptions = {}): Promise<Peer> {
    const parsed = parseChatRef(ref);
    const peer = this.#find(parsed) ?? (await this.#ask(parsed, options));
    if (peer !== undefined) return peer;
    throw notFound(String(ref));
  }

  #find(ref: ParsedRef): Peer | undefined {
    switch (ref.kind) {
      case "self":
        return this.#book.self;
      case "username":
        return this.#book.byUsername(ref.username);
      case "id":
        return this.#book.byId(ref.id) ?? this.#bare(ref.id);
      case "title":
        return this.#allDialogsSeen ? this.#titled(ref.title) : undefined;
    }
  }

  /** An id without its mark: a user counts first, then a supergroup or channel, then a group. */
  #bare(id: number): Peer | undefined {
    if (id < 0) return undefined;
    return this.#book.byId(markChannel(id)) ?? this.#book.byId(markGroup(id));
  }

  async #ask(ref: ParsedRef, options: ResolveOptions): Promise<Peer | undefined> {
    switch (ref.kind) {
      case "self":
        await this.telegram.me(options);
        return this.#book.self;
      case "username":
        return this.#byUsername(ref.username, options);
      case "id":
        await this.#readDialogs(options, () => this.#find(ref) !== undefined);
        return this.#find(ref);
      case "title":
        await this.#readDialogs(options, () => false);
        return this.#titled(ref.title) ?? this.#maybeUsername(ref.title, options);
    }
  }

  #titled(title: string): Peer | undefined {
    const found = this.#book.byTitle(title);
    if (found.length < 2) return found[0];
    throw new GuardError("chat_ambiguous", `${found.length} chats are called "${title}".`, {
      details: { chat: title, ids: found.map(({ id }) => id) },
      nextStep: "Name the chat by one of the ids in details.ids.",
    });
  }

  #maybeUsername(text: string, options: ResolveOptions): Promise<Peer | undefined> {
    const known = this.#book.byUsername(text);
    if (known !== undefined || !looksLikeUsername(text)) return Promise.resolve(known);
    return this.#byUsername(text, options);
  }

  async #byUsername(username: string, options: ResolveOptions): Promise<Peer | undefined> {
    const { api } = this.telegram;
    try {
      const request = new api.contacts.ResolveUsername({ username });
      const { peer, users, chats } = await this.telegram.invoke(request, options);
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
    for await (const page of dialogPages(this.telegram, options)) {
      if (page.last) this.#allDialogsSeen = true;
      if (enough() || ++pages === DIALOG_PAGES) return;
    }
  }
}

const notFound = (chat: string): GuardError<"chat_not_found"> =>
  new GuardError("chat_not_found", `No chat "${chat}" was found.`, {
    details: { chat },
    nextStep: "List the chats with `dialogs`, then use the id, the @name or the exact title from there.",
  });
