import type { Peer } from "../../telegram/peer.js";
import { describeChat } from "../describe-proposal.js";
import { messagesOf } from "../operations/messages.js";
import type { ProposedDeletion } from "../shapes.js";
import type { BatchContext } from "./batch-context.js";
import type { ItemPayload } from "./batch-target.js";
import { excerptOf, SHOWN, type Excerpt } from "./excerpts.js";
import { inBulk } from "./in-bulk.js";
import { endingOf, inWords } from "./item-endings.js";
import { markOf } from "./seen.js";

/** What a batch deletes, by the chat's id, and what to warn of. */
export interface Deletions {
  readonly byChat: ReadonlyMap<number, ProposedDeletion>;
  readonly warnings: readonly string[];
}

export const NOTHING_DELETED: Deletions = { byChat: new Map(), warnings: [] };

/**
 * What is left to delete in each chat, with the first messages. One request for each chat whose first messages this
 * process has not seen, none for the others.
 */
export async function deletionsOf(
  context: BatchContext,
  batchId: string,
  items: readonly ItemPayload[],
  peers: ReadonlyMap<number, Peer>,
  signal: AbortSignal,
): Promise<Deletions> {
  const byChat = new Map<number, ProposedDeletion>();
  const warnings: string[] = [];
  for (const [chat, named] of namedIn(items)) {
    signal.throwIfAborted();
    const there = [...named].filter(([, mark]) => mark !== "");
    const first = new Map(there.slice(0, SHOWN));
    const peer = peers.get(chat);
    const looked = peer === undefined ? { excerpts: [] } : await lookAt(context, batchId, peer, first, signal);
    const messages = looked.excerpts.filter((excerpt) => typeof excerpt === "object");
    const vanished = looked.excerpts.filter((excerpt) => excerpt === "gone").length;
    byChat.set(chat, { count: named.size, gone: named.size - there.length + vanished, messages });
    if (peer !== undefined) warnings.push(...warningsOf(peer, [...first.keys()], looked));
  }
  return { byChat, warnings };
}

/** The messages of each chat with their marks. */
function namedIn(items: readonly ItemPayload[]): ReadonlyMap<number, ReadonlyMap<number, string>> {
  const chats = new Map<number, Map<number, string>>();
  for (const { chat, messageIds = [], seen = [] } of items) {
    if (chat === undefined) continue;
    const named = chats.get(chat) ?? new Map<number, string>();
    messageIds.forEach((id, index) => named.set(id, seen[index] ?? ""));
    chats.set(chat, named);
  }
  return chats;
}

interface Looked {
  readonly excerpts: readonly Excerpt[];
  /** Why nothing could be seen. */
  readonly why?: string;
}

async function lookAt(
  { excerpts, telegram, clock }: BatchContext,
  batchId: string,
  peer: Peer,
  marks: ReadonlyMap<number, string>,
  signal: AbortSignal,
): Promise<Looked> {
  const ids = [...marks.keys()];
  const known = excerpts.find(batchId, peer.id, ids);
  if (known !== undefined) return { excerpts: known };
  try {
    const there = await messagesOf(inBulk(telegram, clock), peer, ids, signal);
    const found = new Map<number, Excerpt>(ids.map((id) => [id, "gone"]));
    for (const message of there) {
      found.set(message.id, marks.get(message.id) === markOf(message) ? excerptOf(message) : "edited");
    }
    excerpts.note(batchId, peer.id, found);
    return { excerpts: [...found.values()] };
  } catch (error) {
    const ending = endingOf(error);
    if (ending === undefined) throw error;
    return { excerpts: [], why: inWords(ending.code) };
  }
}

function warningsOf(peer: Peer, ids: readonly number[], { excerpts, why }: Looked): readonly string[] {
  const edited = ids.filter((_, index) => excerpts[index] === "edited");
  return [
    ...(why === undefined ? [] : [`The messages of ${describeChat(peer)} cannot be shown: ${why}.`]),
    ...(edited.length === 0
      ? []
      : [
          `Edited since the batch was created, in ${describeChat(peer)}: ${edited.join(", ")}. They stay, and so do those that are one item with them.`,
        ]),
  ];
}
