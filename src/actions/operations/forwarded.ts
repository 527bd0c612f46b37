import type { Api } from "telegram";
import type { Message } from "../../models/message.js";
import { MessageSource } from "../../read/message-source.js";
import type { Telegram } from "../../telegram/telegram.js";
import { CLOCK_SLACK_MS } from "../sent-message.js";
import type { ForwardedMessages, Parcel } from "./forward-messages.js";

/** The new ids, in the order of the random ids. */
export function forwardedIds(updates: Api.TypeUpdates, randomIds: readonly string[]): readonly number[] {
  if (updates.className !== "Updates" && updates.className !== "UpdatesCombined") {
    throw new TypeError(`Telegram answered a forward with ${updates.className}.`);
  }
  const byRandomId = new Map(
    updates.updates.flatMap((update) =>
      update.className === "UpdateMessageID" ? [[update.randomId?.toString(), update.id] as const] : [],
    ),
  );
  return randomIds.flatMap((id) => byRandomId.get(id) ?? []);
}

/** Looks for all of them among the newest of the chat: ours, of the same content, in the same order. */
export async function findForwarded(
  telegram: Telegram,
  parcel: Parcel,
  sinceMs: number,
): Promise<ForwardedMessages | undefined> {
  const { to, messages } = parcel;
  const newest = await new MessageSource(telegram, to.id, {}).page({ limit: 100 });
  const since = Date.now() - sinceMs - CLOCK_SLACK_MS;
  const isOurs = ({ isOutgoing, chatId }: Message): boolean => isOutgoing || chatId === telegram.selfId;
  const ours = newest.items.filter((message) => isOurs(message) && Date.parse(message.date) >= since).reverse();
  const found: number[] = [];
  for (const sent of messages) {
    const from = ours.findIndex((candidate) => isCopy(candidate, sent, parcel));
    const [copy] = from < 0 ? [] : ours.splice(0, from + 1).slice(-1);
    if (copy === undefined) return undefined;
    found.push(copy.id);
  }
  return { chatId: to.id, messageIds: found };
}

const isCopy = (candidate: Message, sent: Message, { dropAuthor, dropCaptions }: Parcel): boolean =>
  (candidate.forward === undefined) === dropAuthor &&
  candidate.media?.type === sent.media?.type &&
  candidate.text === asItArrives(sent, dropCaptions).text;

/** Captions may stay behind. The preview of a web page makes no caption of a text. */
export const asItArrives = (message: Message, dropCaptions: boolean): Message =>
  !dropCaptions || message.media === undefined || message.media.type === "web_page"
    ? message
    : { ...message, text: "", entities: [] };
