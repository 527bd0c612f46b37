import { MessageSource, PAGE } from "../read/message-source.js";
import type { ReadOptions } from "../read/options.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";

/** What an export will cost at the least. */
export interface ExportEstimate {
  /** Messages that the chat has; a choice among them may need fewer. */
  readonly count: number;
  readonly requests: number;
  /** At the budget of the account, all of which it would need; 0 where there is no budget. */
  readonly minutes: number;
  /** The part of a day's budget that it takes: 0.25 is a quarter. 0 where there is no budget. */
  readonly shareOfDay: number;
}

const DAY_SECONDS = 86_400;

/** What so many messages cost where so many requests a second are allowed; `Infinity` for no limit. */
export function costOf(count: number, perSecond: number): ExportEstimate {
  const requests = Math.ceil(count / PAGE) + 1;
  return { count, requests, minutes: requests / perSecond / 60, shareOfDay: requests / (perSecond * DAY_SECONDS) };
}

/** Asks how many messages there are: one request, and those that find the chat. */
export async function estimateMessages(
  telegram: Telegram,
  perSecond: number,
  chat: ChatRef,
  { limit = Infinity, ...call }: ReadOptions & { readonly limit?: number },
): Promise<ExportEstimate> {
  const { total } = await new MessageSource(telegram, chat, call).page({ limit: 1 });
  return costOf(Math.min(total, limit), perSecond);
}
