import { isGuardError } from "../../errors.js";
import type { Participant } from "../../models/participant.js";
import { member } from "../../read/member.js";
import { messages } from "../../read/messages.js";
import type { ReadOptions } from "../../read/options.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";

/** So many of the newest messages are looked through for people who are in no list. */
const REACH = 10_000;

/** Who wrote in a chat, from the newest message down, page by page. */
export async function* sendersOf(
  telegram: Telegram,
  chat: number,
  call: ReadOptions,
  cursor: string,
): AsyncGenerator<{ readonly senders: ReadonlySet<number>; readonly next: string }> {
  const listing = messages(telegram, chat, { ...call, limit: REACH, ...(cursor === "" ? {} : { cursor }) });
  for await (const { items } of listing.pages()) {
    const senders = new Set(items.flatMap(({ fromId }) => (fromId !== undefined && fromId > 0 ? [fromId] : [])));
    yield { senders, next: listing.cursor ?? cursor };
  }
}

/** Who wrote may have left, and who was seen in passing cannot be asked about. */
export async function memberOrNothing(
  telegram: Telegram,
  channel: Peer,
  id: number,
  call: ReadOptions,
): Promise<Participant | undefined> {
  const who = telegram.peers.known(id);
  if (channel.kind === "group" || who === undefined) return undefined;
  try {
    return await member(telegram, channel, who, call);
  } catch (error) {
    const hasLeft = isGuardError(error, "telegram_error") && NOT_IN.test(error.details.name);
    if (hasLeft) return undefined;
    throw error;
  }
}

const NOT_IN = /^(USER_NOT_PARTICIPANT|PARTICIPANT_ID_INVALID|USER_ID_INVALID)$/;
