import { z } from "zod";
import { parseInput } from "../input.js";
import type { Metrics } from "../metrics.js";
import type { Message } from "../models/message.js";
import { idBelowNewest, messages } from "../read/messages.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { createTarget } from "./target.js";

export interface ExportProgress {
  /** Messages written so far. */
  readonly done: number;
  /** How many there will be, as far as Telegram tells. */
  readonly total: number;
}

export interface ExportMessagesOptions {
  /** The file to write. */
  readonly to: string;
  /** The newest so many. @defaultValue all */
  readonly limit?: number;
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly signal?: AbortSignal;
}

/** What came of an export. An export that could not be completed throws instead. */
export interface ExportReport {
  readonly complete: boolean;
  readonly path: string;
  readonly chat: { readonly id: number; readonly title: string };
  readonly messages: number;
  /** How many Telegram said the chat has. */
  readonly reported: number;
  /** Requests sent for it. */
  readonly requests: number;
  readonly waitedMs: number;
}

const schema = z.strictObject({
  to: z.string().min(1),
  limit: z.int().min(1).exactOptional(),
  onProgress: z.custom<(progress: ExportProgress) => void>((value) => typeof value === "function").exactOptional(),
  signal: z.instanceof(AbortSignal).exactOptional(),
});

export async function exportMessages(
  telegram: Telegram,
  metrics: Metrics,
  chat: ChatRef,
  options: ExportMessagesOptions,
): Promise<ExportReport> {
  const { to, limit, onProgress, signal } = parseInput(schema, options, "options");
  const before = metrics.snapshot();
  const call = { lane: "bulk", ...(signal === undefined ? {} : { signal }) } as const;
  const { id, title } = await telegram.peers.resolve(chat, call);
  const target = await createTarget(to);
  let done = 0;
  let reported = 0;
  try {
    const minId = limit === undefined ? 0 : await idBelowNewest(telegram, id, limit, call);
    for await (const { items, total } of messages(telegram, id, { ...call, order: "oldest", minId }).pages()) {
      await target.write(items.map(toLine).join(""));
      done += items.length;
      reported = total;
      onProgress?.({ done, total: Math.min(total, limit ?? Infinity) });
    }
    await target.finish();
  } catch (error) {
    await target.abandon();
    throw error;
  }
  const after = metrics.snapshot();
  return {
    complete: true,
    path: to,
    chat: { id, title },
    messages: done,
    reported,
    requests: after.requests - before.requests,
    waitedMs: after.waitedMs - before.waitedMs,
  };
}

const toLine = (message: Message): string => `${JSON.stringify(message)}\n`;
