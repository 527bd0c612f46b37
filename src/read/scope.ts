import type { Api } from "telegram";
import { systemClock, type Clock } from "../clock.js";
import { GuardError, isGuardError } from "../errors.js";
import type { Chat } from "../models/chat.js";
import { bareId, markChannel, markGroup, toNumber } from "../models/ids.js";
import type { Message } from "../models/message.js";
import { SERVICE_CHAT_ID } from "../models/service-chat.js";
import { mayWaitFor, waitFor, type Lookup } from "./lookup.js";
import type { InvokeOptions, Scope, Telegram } from "../telegram/telegram.js";

/**
 * Chats by id or `@name`, `me`, a kind (`kind:user`, `kind:bot`, `kind:group`, `kind:channel`) or a folder
 * (`folder:Work`).
 */
export type ReadRule = string | number;

/** What is needed of a chat to judge it. */
type Judged = Pick<Chat, "id" | "kind" | "isBot">;

/** Folders and names are looked up again after so long. */
const FRESH_MS = 300_000;

const KINDS: Readonly<Record<string, (chat: Judged) => boolean>> = {
  "kind:user": ({ kind, isBot }) => kind === "user" && isBot !== true,
  "kind:bot": ({ kind, isBot }) => kind === "user" && isBot === true,
  "kind:group": ({ kind }) => kind === "group" || kind === "supergroup",
  "kind:channel": ({ kind }) => kind === "channel",
};

/**
 * What may be read at all, judged on the chat that Telegram resolved. Telegram's own chat, which carries login codes, only by
 * its id.
 */
export class ReadScope implements Scope {
  readonly #rules: readonly ReadRule[];
  readonly #clock: Clock;
  #ids: ReadonlySet<number> = new Set();
  #folders: readonly ((chat: Judged) => boolean)[] = [];
  #readAt = -Infinity;
  #lookup: Lookup | undefined;

  constructor(rules: readonly ReadRule[], clock: Clock = systemClock) {
    this.#rules = rules;
    this.#clock = clock;
  }

  /** Looks up what the rules name. Two requests for folders, one for each `@name` that is not known. */
  async ready(telegram: Telegram, call: InvokeOptions): Promise<void> {
    while (!this.#isFresh()) {
      const others = this.#lookup;
      if (others === undefined || !mayWaitFor(others, call, this.#clock)) return this.#look(telegram, call);
      await waitFor(others, call, this.#clock);
    }
  }

  /** Not after the clock was set back, either. */
  #isFresh(): boolean {
    const now = this.#clock.now();
    return now >= this.#readAt && now - this.#readAt < FRESH_MS;
  }

  #look(telegram: Telegram, call: InvokeOptions): Promise<void> {
    const lookup = {
      isBulk: call.lane === "bulk",
      done: this.#read(telegram, call).finally(() => {
        if (this.#lookup === lookup) this.#lookup = undefined;
      }),
    };
    this.#lookup = lookup;
    return lookup.done;
  }

  /** After {@link ReadScope.ready}. */
  allows(chat: Judged): boolean {
    if (this.#ids.has(chat.id)) return true;
    if (chat.id === SERVICE_CHAT_ID) return false;
    return this.#rules.some((rule) => KINDS[rule]?.(chat) === true) || this.#folders.some((includes) => includes(chat));
  }

  async #read(telegram: Telegram, call: InvokeOptions): Promise<void> {
    const ids = new Set<number>();
    for (const rule of this.#rules) {
      const text = String(rule);
      if (Object.hasOwn(KINDS, text) || text.startsWith(FOLDER)) continue;
      for (const id of await idsOf(telegram, text, call)) ids.add(id);
    }
    const names = this.#rules.map(String).filter((rule) => rule.startsWith(FOLDER));
    this.#folders = names.length === 0 ? [] : await foldersCalled(telegram, names, call);
    this.#ids = ids;
    this.#readAt = this.#clock.now();
  }
}

const FOLDER = "folder:";

/** A plain id may be a user's, a group's or a channel's; a name that nobody bears, or another than before, is nobody's. */
async function idsOf(telegram: Telegram, rule: string, call: InvokeOptions): Promise<readonly number[]> {
  if (/^-?\d+$/.test(rule)) {
    const id = Number(rule);
    return id < 0 ? [id] : [id, markGroup(id), markChannel(id)];
  }
  try {
    const name = rule === "me" || rule.startsWith("@") ? rule : `@${rule}`;
    return [(await telegram.peers.resolve(name, call)).id];
  } catch (error) {
    if (isGuardError(error, "chat_not_found") || isGuardError(error, "name_moved")) return [];
    throw error;
  }
}

async function foldersCalled(
  telegram: Telegram,
  names: readonly string[],
  call: InvokeOptions,
): Promise<readonly ((chat: Judged) => boolean)[]> {
  const { filters } = await telegram.invoke(new telegram.api.messages.GetDialogFilters(), call);
  const titled = filters.filter(
    (filter): filter is Api.DialogFilter | Api.DialogFilterChatlist =>
      filter.className !== "DialogFilterDefault" && names.includes(FOLDER + filter.title.text),
  );
  const needsContacts = titled.some(
    (filter) => filter.className === "DialogFilter" && (filter.contacts || filter.nonContacts),
  );
  const contacts = needsContacts ? await contactIds(telegram, call) : new Set<number>();
  return titled.map((filter) => folder(telegram, filter, contacts));
}

async function contactIds(telegram: Telegram, call: InvokeOptions): Promise<ReadonlySet<number>> {
  const answer = await telegram.invoke(new telegram.api.contacts.GetContacts({ hash: telegram.long(0) }), call);
  return new Set("contacts" in answer ? answer.contacts.map(({ userId }) => toNumber(userId)) : []);
}

/** Whether muted, read and archived chats are shown in it is a matter of the app: they belong to the folder. */
function folder(
  { selfId }: Telegram,
  filter: Api.DialogFilter | Api.DialogFilterChatlist,
  contacts: ReadonlySet<number>,
): (chat: Judged) => boolean {
  const idsOfPeers = (peers: readonly Api.TypeInputPeer[]): ReadonlySet<number> =>
    new Set(peers.flatMap((peer) => idOfInput(peer, selfId) ?? []));
  const included = idsOfPeers([...filter.pinnedPeers, ...filter.includePeers]);
  if (filter.className === "DialogFilterChatlist") return ({ id }) => included.has(id);
  const excluded = idsOfPeers(filter.excludePeers);
  const byKind = (chat: Judged): boolean => {
    if (chat.kind === "group" || chat.kind === "supergroup") return filter.groups === true;
    if (chat.kind === "channel") return filter.broadcasts === true;
    if (chat.isBot === true) return filter.bots === true;
    return contacts.has(bareId(chat.id)) ? filter.contacts === true : filter.nonContacts === true;
  };
  return (chat) => included.has(chat.id) || (!excluded.has(chat.id) && byKind(chat));
}

function idOfInput(peer: Api.TypeInputPeer, selfId: number | undefined): number | undefined {
  switch (peer.className) {
    case "InputPeerSelf":
      return selfId;
    case "InputPeerUser":
    case "InputPeerUserFromMessage":
      return toNumber(peer.userId);
    case "InputPeerChat":
      return markGroup(toNumber(peer.chatId));
    case "InputPeerChannel":
    case "InputPeerChannelFromMessage":
      return markChannel(toNumber(peer.channelId));
    case "InputPeerEmpty":
      return undefined;
  }
}

/** Whether a chat that came with an answer may be read. Without a scope all may. */
export function mayRead({ scope, peers }: Telegram, id: number): boolean {
  if (scope === undefined) return true;
  const peer = peers.known(id);
  return peer !== undefined && scope.allows(peer);
}

/** Only the messages that may be read; what they quote of other chats goes. */
export function readable(telegram: Telegram, messages: readonly Message[]): readonly Message[] {
  if (telegram.scope === undefined) return messages;
  return messages.filter(({ chatId }) => mayRead(telegram, chatId)).map((message) => withoutQuote(telegram, message));
}

function withoutQuote(telegram: Telegram, message: Message): Message {
  const { replyTo } = message;
  if (replyTo?.quote === undefined || replyTo.chatId === undefined || mayRead(telegram, replyTo.chatId)) return message;
  return { ...message, replyTo: { ...replyTo, quote: "" } };
}

export const notReadable = (id: number): GuardError<"not_allowed"> =>
  new GuardError("not_allowed", `The chat ${id} is not among those that may be read.`, {
    details: { chat: id },
    nextStep: "A person who may decide that puts it on the list of readable chats: TG_READ_ALLOWED_CHATS.",
  });
