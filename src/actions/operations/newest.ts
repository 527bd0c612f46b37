import { MessageSource } from "../../read/message-source.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";

export interface Newest {
  /** 0 where there is none. */
  readonly newestId: number;
  /** Messages of the whole chat. */
  readonly count: number;
}

/** The newest message of a chat, or the newest below an id. One request. */
export async function newestOf(telegram: Telegram, peer: Peer, signal?: AbortSignal, below = 0): Promise<Newest> {
  const source = new MessageSource(telegram, peer.id, signal === undefined ? {} : { signal });
  const { items, total } = await source.page({ limit: 1, offsetId: below });
  return { newestId: items[0]?.id ?? 0, count: total };
}
