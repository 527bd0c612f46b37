import type { MessagesOptions } from "../read/message-options.js";
import { messages } from "../read/messages.js";
import { MessageSource, type Selection } from "../read/message-source.js";
import { secondsFrom } from "../read/instant.js";
import type { ReadOptions } from "../read/options.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import type { ExportPage, Resume } from "./export-run.js";
import type { ExportedMessage } from "./exported-message.js";

/** Which messages are exported. Times in milliseconds of Unix time. */
export interface MessageChoice {
  readonly limit?: number;
  readonly since?: number;
  readonly until?: number;
  readonly minId?: number;
  readonly fromUser?: ChatRef;
  readonly search?: string;
  readonly topic?: number;
}

/** The chosen messages, oldest first; from a cursor, or from the first of them. */
export async function* messagePages(
  telegram: Telegram,
  chat: number,
  choice: MessageChoice,
  call: ReadOptions,
  resume: Pick<Resume<unknown>, "cursor" | "done"> & { readonly ahead: boolean },
): AsyncGenerator<ExportPage<ExportedMessage>> {
  const { limit = Infinity, since, until, minId = 0, ...which } = choice;
  const { cursor, done } = resume;
  // Runs that found nothing leave the choice of the newest to the first one that does.
  const isFirst = cursor === undefined || (cursor === "0" && done === 0);
  const above = isFirst ? await idBelowNewest(telegram, chat, choice, call) : 0;
  // The newest so many are meant at the first run; whatever has come since then is new.
  const left = done < limit ? limit - done : Infinity;
  const options: MessagesOptions = {
    ...call,
    ...which,
    order: "oldest",
    minId: Math.max(minId, above),
    ...(left === Infinity ? {} : { limit: left }),
    ...(since === undefined ? {} : { since: new Date(since) }),
    ...(until === undefined ? {} : { until: new Date(until) }),
    ...(cursor === undefined || cursor === "0" ? {} : { cursor }),
  };
  const listing = messages(telegram, chat, options, resume.ahead);
  let last = cursor ?? "0";
  for await (const { items, total } of listing.pages()) {
    last = String(items.at(-1)?.id ?? last);
    yield { items, reported: Math.min(total, limit), cursor: last };
  }
}

/** The id below which the newest `limit` of the chosen messages do not reach: 0 when there are no more than that. */
async function idBelowNewest(
  telegram: Telegram,
  chat: number,
  { limit, since, until, fromUser, search, topic }: MessageChoice,
  call: ReadOptions,
): Promise<number> {
  if (limit === undefined) return 0;
  const selection: Selection = {
    ...(since === undefined ? {} : { since: secondsFrom(since) }),
    ...(until === undefined ? {} : { until: secondsFrom(until) }),
    ...(fromUser === undefined ? {} : { fromUser }),
    ...(search === undefined ? {} : { search }),
    ...(topic === undefined ? {} : { thread: topic }),
  };
  const source = new MessageSource(telegram, chat, call, selection);
  const from = until === undefined ? {} : { offsetDate: secondsFrom(until) };
  const { ids } = await source.page({ ...from, addOffset: limit, limit: 1 });
  return ids[0] ?? 0;
}
