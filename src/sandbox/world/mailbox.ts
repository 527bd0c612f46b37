import type * as Tl from "../tl/types.js";
import { Built } from "./built.js";
import { SavedDrafts } from "./drafts.js";
import type { Folder } from "./folders.js";
import { topicOf } from "./forum.js";
import type { History } from "./history.js";
import { Journal } from "./journal.js";
import type { Message } from "./message.js";
import { peerKey, type Peer } from "./peer.js";
import { TopPeers } from "./top-peers.js";
import { StoredHistory } from "./stored-history.js";
import type { User } from "./users.js";

const newCaches = () => ({
  messages: new Built<Message, Tl.TypeMessage>(),
  users: new Built<User, Tl.TypeUser>(),
});

/** How far a thread has been read: by the account, and of what it wrote there by anybody else. */
export interface ThreadMark {
  readonly inbox: number;
  readonly outbox: number;
}

/** A chat as one account sees it in its list. */
export class Dialog {
  /** The order among the pinned ones, 1 on top; 0 when not pinned. */
  pinned = 0;
  /** 1 is the archive. */
  folder = 0;
  readInbox = 0;
  readOutbox = 0;
  muted = false;
  /** What the account has set about notifications, beside being muted. */
  notify: Partial<Omit<Tl.peerNotifySettings, "_">> = {};
  /** In a private chat: so many seconds after they were written messages vanish; 0 for never. */
  ttlPeriod = 0;
  /** Marked as unread by hand. */
  unreadMark = false;
  /** When the account read up to which message, the first reading first. Times in seconds of Unix time. */
  readonly readings: { readonly maxId: number; readonly date: number }[] = [];
  /** Messages whose mention or voice has been looked at, one by one or all up to an id. */
  readonly seen = new Set<number>();
  seenUpTo = 0;

  /** Topics of a forum that were read by themselves, and threads of comments, by the message at their top. */
  readonly topicMarks = new Map<number, ThreadMark>();
  readonly threadMarks = new Map<number, ThreadMark>();

  constructor(
    readonly peer: Peer,
    /** For a channel the one that all share, or what is left of it once cleared for oneself. */
    public history: History,
  ) {}

  /** All has been read, by everybody who matters to this account, but so many of the newest. */
  settle(waiting = 0): void {
    this.readInbox = this.history.at(waiting)?.id ?? 0;
    this.readOutbox = this.history.highestId;
    this.seenUpTo = this.readInbox;
  }

  /** When the account read a message, if it was after the world was made. */
  readDateOf(id: number): number | undefined {
    return this.readings.find(({ maxId }) => maxId >= id)?.date;
  }

  unreadBy(accountId: number): number {
    let unread = 0;
    const last = this.history.placeBelow(this.readInbox + 1);
    for (let place = 0; place < last; place++) {
      const message = this.history.at(place);
      const own = message?.from?.kind === "user" && message.from.id === accountId;
      if (message && !own && !this.#isReadInTopic(message)) unread += 1;
    }
    return unread;
  }

  #isReadInTopic(message: Message): boolean {
    return this.topicMarks.size > 0 && message.id <= (this.topicMarks.get(topicOf(message))?.inbox ?? 0);
  }
}

/**
 * What belongs to one account: its list of chats, and the messages of its private chats and basic groups, which share
 * one sequence of ids and one pts.
 */
export class Mailbox {
  readonly dialogs = new Map<string, Dialog>();
  readonly journal = new Journal();
  readonly contacts = new Set<number>();
  /** What the account calls its contacts, where it does not go by their own names. */
  readonly contactNames = new Map<number, { readonly first: string; readonly last: string }>();
  readonly drafts = new SavedDrafts();
  readonly folders: Folder[] = [];
  readonly topPeers = new TopPeers();
  /** TL forms built once for this account. */
  built = newCaches();
  readonly #dialogOf = new Map<number, Dialog>();
  readonly #idOfOrigin = new Map<number, number>();
  #highestId = 0;

  constructor(readonly accountId: number) {}

  /** Everything is built anew when next asked for. */
  forgetBuilt(): void {
    this.built = newCaches();
  }

  nextId(): number {
    return this.#highestId + 1;
  }

  /** The dialog with a user or basic group, made when there was none. */
  dialogWith(peer: Peer): Dialog {
    return this.dialogs.get(peerKey(peer)) ?? this.open(peer, new StoredHistory());
  }

  open(peer: Peer, history: History): Dialog {
    const dialog = new Dialog(peer, history);
    this.dialogs.set(peerKey(peer), dialog);
    return dialog;
  }

  add(dialog: Dialog, message: Message): void {
    dialog.history.add(message);
    this.#highestId = Math.max(this.#highestId, message.id);
    this.#dialogOf.set(message.id, dialog);
    if (message.origin !== undefined) this.#idOfOrigin.set(message.origin, message.id);
  }

  remove(id: number): Dialog | undefined {
    const dialog = this.#dialogOf.get(id);
    const origin = dialog?.history.byId(id)?.origin;
    dialog?.history.remove(id);
    this.#dialogOf.delete(id);
    if (origin !== undefined) this.#idOfOrigin.delete(origin);
    return dialog;
  }

  find(id: number): { readonly dialog: Dialog; readonly message: Message } | undefined {
    const dialog = this.#dialogOf.get(id);
    const message = dialog?.history.byId(id);
    return dialog && message ? { dialog, message } : undefined;
  }

  /** The id that this mailbox's copy of a message has. */
  idOf(origin: number | undefined): number | undefined {
    return origin === undefined ? undefined : this.#idOfOrigin.get(origin);
  }
}
