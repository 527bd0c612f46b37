import { NEVER_ABORTED } from "../../call.js";
import { GuardError } from "../../errors.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Peer } from "../../telegram/peer.js";
import { assertEnabled } from "../plan.js";
import type { BatchContext } from "./batch-context.js";
import { digestOfBatch, type NewItem } from "./batch-digest.js";
import { newBatchId } from "./batch-store.js";
import type { BatchTarget } from "./batch-target.js";
import { chunksOf } from "./chunks.js";
import { findChats, type Found } from "./find-chats.js";
import { inBulk } from "./in-bulk.js";
import { endingOf } from "./item-endings.js";
import type { BatchKind } from "./kinds.js";
import { marksOf } from "./seen.js";

/** What a caller wants done, before anybody knows which chats that are. */
interface Wanted {
  readonly chat: ChatRef;
  /** What to delete there. */
  readonly messageIds?: readonly number[];
}

export interface Creating {
  readonly wanted: readonly Wanted[];
  /** Whom to add. */
  readonly user?: Peer;
  readonly revoke?: boolean;
  /** Longer lists of messages become several items. */
  readonly maxIdsPerAction?: number;
  readonly note?: string;
  readonly ttlMs?: number;
  readonly signal?: AbortSignal;
}

/** Telegram takes so many ids in one request. */
const MAX_IDS = 100;

/** A larger batch would take years of quota, and longer to read than anybody reads. */
const MAX_ITEMS = 10_000;

/** Resolves every target once and writes the batch down; gives its id. What cannot be done becomes a blocked item. */
export async function createBatch(context: BatchContext, kind: BatchKind, creating: Creating): Promise<string> {
  const { policy, batches, audit } = context;
  assertEnabled(policy, kind.name);
  const { wanted, note, ttlMs = policy.batchTtlMs, signal = NEVER_ABORTED } = creating;
  const telegram = inBulk(context.telegram, context.clock);
  const refs = wanted.map(({ chat }) => chat);
  const places = placesOf(wanted, await findChats(telegram, refs, signal));
  const size = creating.maxIdsPerAction ?? MAX_IDS;
  assertSize(kind, sum(places.map(({ messageIds }) => Math.max(1, Math.ceil(messageIds.size / size)))));
  const batchId = newBatchId();
  const items: NewItem[] = [];
  for (const target of places.flatMap((place) => readingsAt(place, creating, size))) {
    items.push(...(await itemsOf({ ...context, telegram }, kind, { batchId, target, size }, signal)));
  }
  const operation = kind.name;
  await audit({ event: "batch_created", batchId, operation, digest: digestOfBatch(operation, items) });
  await batches.create({ batchId, operation, items, ttlMs, ...(note === undefined ? {} : { note }) });
  return batchId;
}

/** One chat, however often and by whatever names it was given. */
interface Place {
  readonly asked: ChatRef;
  readonly found: Found;
  readonly messageIds: Set<number>;
}

function placesOf(wanted: readonly Wanted[], found: ReadonlyMap<string, Found>): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { chat, messageIds = [] } of wanted) {
    const there = found.get(String(chat));
    if (there === undefined) continue;
    const key = isPeer(there) ? `id ${there.id}` : String(chat);
    const place = places.get(key) ?? { asked: chat, found: there, messageIds: new Set() };
    for (const id of messageIds) place.messageIds.add(id);
    places.set(key, place);
  }
  return [...places.values()];
}

const isPeer = (found: Found): found is Peer => !(found instanceof GuardError);

interface NewTarget extends BatchTarget {
  readonly error?: GuardError;
}

/** The place in as many pieces as requests tell what is there: as many whole items as fit into one. */
function readingsAt(
  { asked, found, messageIds }: Place,
  { user, revoke }: Creating,
  size: number,
): readonly NewTarget[] {
  const where = isPeer(found) ? { chat: found.id, title: found.title } : { asked, error: found };
  const whom = user === undefined ? {} : { user: user.id };
  if (messageIds.size === 0) return [{ ...where, ...whom }];
  const how = revoke === undefined ? {} : { revoke };
  const ids = [...messageIds].sort((one, other) => one - other);
  return chunksOf(ids, MAX_IDS - (MAX_IDS % size)).map((some) => ({ ...where, messageIds: some, ...how }));
}

interface Reading {
  readonly batchId: string;
  readonly target: NewTarget;
  readonly size: number;
}

/** Items as they can be approved, or as blocked: for who knows now that it cannot be done need not find out later. */
async function itemsOf(
  context: BatchContext,
  kind: BatchKind,
  { batchId, target: { error, ...target }, size }: Reading,
  signal: AbortSignal,
): Promise<readonly NewItem[]> {
  const { chat, messageIds } = target;
  const pieces =
    messageIds === undefined ? [target] : chunksOf(messageIds, size).map((ids) => ({ ...target, messageIds: ids }));
  try {
    if (error !== undefined) throw error;
    const { prepared } = await kind.think(context, target, signal);
    const { read } = prepared;
    if (read === undefined || chat === undefined) return pieces.map((payload) => ({ payload }));
    context.excerpts.begin(batchId, chat, read);
    return pieces.map((piece) => ({ payload: { ...piece, seen: marksOf(piece.messageIds ?? [], read) } }));
  } catch (why) {
    const blocked = endingOf(why);
    if (blocked === undefined) throw why;
    return pieces.map((payload) => ({ payload, blocked }));
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function assertSize(kind: BatchKind, count: number): void {
  if (count > 0 && count <= MAX_ITEMS) return;
  throw new GuardError("input_invalid", `A batch has 1 to ${MAX_ITEMS} items; this one would have ${count}.`, {
    details: { path: kind.name },
    nextStep: count === 0 ? "Name what it is to be done to." : "Split it into several batches.",
  });
}
