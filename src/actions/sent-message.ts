import type { Api } from "telegram";
import { definedOnly } from "../defined-only.js";
import { markedId, toIso } from "../models/ids.js";
import { inputPeer, type Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";

/** The message that was sent. */
export interface SentMessage {
  readonly chatId: number;
  /** Of a scheduled message it counts until that is sent, and among the scheduled ones alone. */
  readonly messageId: number;
  /** ISO time by Telegram's clock; of a scheduled message the time it goes out. */
  readonly date: string;
}

/** Telegram answers a private text in short form, everything else with updates that name the new id. */
export function sentMessage(updates: Api.TypeUpdates, peer: Peer, randomId: string): SentMessage {
  if (updates.className === "UpdateShortSentMessage") {
    return { chatId: peer.id, messageId: updates.id, date: toIso(updates.date) };
  }
  if (updates.className !== "Updates" && updates.className !== "UpdatesCombined") {
    throw new TypeError(`Telegram answered a send with ${updates.className}.`);
  }
  const named = updates.updates.find(
    (update): update is Api.UpdateMessageID =>
      update.className === "UpdateMessageID" && update.randomId?.toString() === randomId,
  );
  if (named === undefined) throw new TypeError("Telegram answered a send without the id of the message.");
  return { chatId: peer.id, messageId: named.id, date: toIso(updates.date) };
}

/** Telegram's clock and ours may differ by so much. */
export const CLOCK_SLACK_MS = 300_000;

/** A message of ours that may have been sent. */
export interface Sought {
  readonly text: string;
  /** Seconds of Unix time; absent for what is sent at once. */
  readonly schedule?: number;
  /** Whether a message with this text holds what it must beside that. */
  readonly holds?: (media: Api.TypeMessageMedia | undefined) => boolean;
}

/**
 * Looks for it among the newest of the chat: ours, with the same text, not older than the first attempt. A scheduled one
 * waits among others of its kind, or has gone out meanwhile.
 */
export async function findSent(
  telegram: Telegram,
  peer: Peer,
  sought: Sought,
  sinceMs: number,
): Promise<SentMessage | undefined> {
  const ownChat = peer.id === telegram.selfId;
  const newest = async () => telegram.invoke(history(telegram, peer));
  if (sought.schedule === undefined) return among(await newest(), sought, sinceMs, ownChat);
  const waits = among(await telegram.invoke(waiting(telegram, peer)), sought, sinceMs, ownChat);
  if (waits !== undefined || Date.now() < sought.schedule * 1000) return waits;
  const { text, schedule, holds } = sought;
  const atOnce = { text, ...definedOnly({ holds }) };
  return among(await newest(), atOnce, Date.now() - schedule * 1000, ownChat);
}

function among(
  answer: Api.messages.TypeMessages,
  { text, schedule, holds = () => true }: Sought,
  sinceMs: number,
  ownChat: boolean,
): SentMessage | undefined {
  if (answer.className === "messages.MessagesNotModified") return undefined;
  for (const message of answer.messages) {
    if (message.className !== "Message" || message.message !== text || !holds(mediaOf(message))) continue;
    const fits =
      schedule === undefined
        ? isOurs(message, ownChat) && message.date * 1000 >= Date.now() - sinceMs - CLOCK_SLACK_MS
        : message.date === schedule;
    if (fits) return { chatId: markedId(message.peerId), messageId: message.id, date: toIso(message.date) };
  }
  return undefined;
}

/** In the chat with oneself nothing is marked as outgoing; what was not forwarded there was written there. */
const isOurs = ({ out, fwdFrom }: Api.Message, ownChat: boolean): boolean => out === true || (ownChat && !fwdFrom);

/** GramJS reads what is absent as null, whatever its types say. */
const mediaOf = ({ media }: Api.Message): Api.TypeMessageMedia | undefined => media ?? undefined;

function history(telegram: Telegram, peer: Peer) {
  const { api, long } = telegram;
  const window = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0, hash: long(0) };
  return new api.messages.GetHistory({ peer: inputPeer(telegram, peer), ...window });
}

const waiting = (telegram: Telegram, peer: Peer) =>
  new telegram.api.messages.GetScheduledHistory({ peer: inputPeer(telegram, peer), hash: telegram.long(0) });
