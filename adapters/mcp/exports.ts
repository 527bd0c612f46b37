import type { ChatExportReport, ExportProgress } from "tg-guarded";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { defined, flag } from "./defined.js";
import type { ToolCall } from "./tool.js";
import { words } from "./words.js";

/** A new file, by which the format can be told. */
export const outputFile = (endings: string): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(1024)
    .describe(
      `A new file inside of the folders that a person has allowed, relative to the first of them: its ending is ${endings}.`,
    );

/** What every export answers. */
export const exportOutput = z.object({
  success: z.literal(true),
  path: words(4096),
  chat_id: z.int(),
  count: z.int().describe("Records in the file."),
  added: z.int().describe("Of these, how many this call added: an earlier one may have been stopped."),
  reported: z.int().describe("How many Telegram says there are."),
  complete: z.boolean(),
  missing: z.array(
    z.object({ what: words(300), count: z.int(), why: words(600), by_choice: z.literal(true).optional() }),
  ),
  requests: z.int(),
  waited_ms: z.number(),
});

/** The most kinds of missing things that are told one by one; the manifest has all. */
const MOST_MISSING = 20;

/** What came of an export, with a link to its file. */
export function showExport(report: ChatExportReport, { link }: ToolCall): z.input<typeof exportOutput> {
  const { path, chat, count, added, reported, complete, missing, requests, waitedMs } = report;
  link({ uri: pathToFileURL(path).href, name: `export of ${chat.id}` });
  return {
    success: true,
    path,
    chat_id: chat.id,
    count,
    added,
    reported,
    complete,
    missing: missing
      .slice(0, MOST_MISSING)
      .map(({ what, count, why, byChoice }) => defined({ what, count, why, by_choice: flag(byChoice) })),
    requests,
    waited_ms: waitedMs,
  };
}

/** Every export of the tools: inside of the allowed folders, stopped by the caller, telling how far it is. */
export const exportOptions = (to: string, { signal, progress }: ToolCall) => ({
  to,
  withinRoots: true,
  signal,
  onProgress: ({ done, total }: ExportProgress): void => {
    progress(done, total);
  },
});
