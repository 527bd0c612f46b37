import type { Message } from "../../models/message.js";
import { proposedMessage } from "../proposed-message.js";
import type { ProposedMessage } from "../shapes.js";

/** So many messages of a chat are shown by their first words. */
export const SHOWN = 10;
/** So much of a text tells which message is meant, in UTF-16 code units. */
const WORDS = 60;
/** The excerpts of so many batches are remembered; the oldest go. */
const BATCHES = 20;

/** How a message begins, or why it is not shown. */
export type Excerpt = ProposedMessage | "edited" | "gone";

/** By the id of the message. */
type OfChat = Map<number, Excerpt>;

/** How messages begin that batches delete. Texts are never stored: these live in the memory of this process alone. */
export class Excerpts {
  readonly #batches = new Map<string, Map<number, OfChat>>();

  /** The first messages of a chat, as they are read at creation. */
  begin(batchId: string, chat: number, messages: readonly Message[]): void {
    const known = this.#of(batchId, chat);
    for (const message of messages.slice(0, Math.max(0, SHOWN - known.size))) known.set(message.id, excerptOf(message));
  }

  note(batchId: string, chat: number, found: ReadonlyMap<number, Excerpt>): void {
    const known = this.#of(batchId, chat);
    known.clear();
    for (const [id, excerpt] of found) known.set(id, excerpt);
  }

  /** In the order of the ids; `undefined` unless all are known. */
  find(batchId: string, chat: number, ids: readonly number[]): readonly Excerpt[] | undefined {
    const known = this.#batches.get(batchId)?.get(chat);
    const found = ids.flatMap((id) => known?.get(id) ?? []);
    return found.length === ids.length ? found : undefined;
  }

  #of(batchId: string, chat: number): OfChat {
    const chats = this.#batches.get(batchId) ?? new Map<number, OfChat>();
    const known: OfChat = chats.get(chat) ?? new Map<number, Excerpt>();
    chats.set(chat, known);
    this.#batches.set(batchId, chats);
    for (const [oldest] of this.#batches) {
      if (this.#batches.size <= BATCHES) break;
      this.#batches.delete(oldest);
    }
    return known;
  }
}

export const excerptOf = (message: Message): ProposedMessage => proposedMessage(message, WORDS);
