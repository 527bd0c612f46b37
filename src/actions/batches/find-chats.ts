import { GuardError, isGuardError } from "../../errors.js";
import { withChat } from "../../read/not-a-member.js";
import { parseChatRef, type ChatRef } from "../../telegram/chat-ref.js";
import { dialogPages } from "../../telegram/dialog-pages.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { endingOf } from "./item-endings.js";

/** A chat, or why there is none. */
export type Found = Peer | GuardError;

/**
 * Finds many chats with few requests: what is known costs nothing; for the rest the dialogs are read once, 100 a request;
 * a `@name` that is not among them costs one request.
 */
export async function findChats(
  telegram: Telegram,
  refs: readonly ChatRef[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Found>> {
  const wanted = [...new Map(refs.map((ref) => [String(ref), ref])).values()];
  await readDialogsFor(telegram, await unknownOf(telegram, wanted), signal);
  const found = new Map<string, Found>();
  for (const ref of wanted) found.set(String(ref), await find(telegram, ref, signal));
  return found;
}

async function find(telegram: Telegram, ref: ChatRef, signal: AbortSignal): Promise<Found> {
  try {
    if (parseChatRef(ref).kind !== "id")
      return await withChat(ref, telegram.peers.resolve(ref, { signal, lane: "bulk" }));
    return (await telegram.peers.remembered(ref)) ?? notFound(ref);
  } catch (error) {
    if (isGuardError(error) && endingOf(error) !== undefined) return error;
    throw error;
  }
}

/** Stops as soon as nothing is missing; a title is missing up to the end, since there may be two of it. */
async function readDialogsFor(telegram: Telegram, refs: readonly ChatRef[], signal: AbortSignal): Promise<void> {
  if (refs.length === 0) return;
  let missing = refs;
  for await (const { last } of dialogPages(telegram, { signal, lane: "bulk" })) {
    missing = await unknownOf(telegram, missing);
    if (last || missing.length === 0) return;
  }
}

async function unknownOf(telegram: Telegram, refs: readonly ChatRef[]): Promise<readonly ChatRef[]> {
  const unknown: ChatRef[] = [];
  for (const ref of refs) if (await isUnknown(telegram, ref)) unknown.push(ref);
  return unknown;
}

async function isUnknown(telegram: Telegram, ref: ChatRef): Promise<boolean> {
  try {
    return (await telegram.peers.remembered(ref)) === undefined;
  } catch (error) {
    if (isGuardError(error)) return false;
    throw error;
  }
}

const notFound = (ref: ChatRef): GuardError<"chat_not_found"> =>
  new GuardError("chat_not_found", `No chat "${ref}" was found.`, {
    details: { chat: String(ref) },
    nextStep: "List the chats with `dialogs`, then use the id from there.",
  });
