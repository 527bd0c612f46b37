import { z } from "zod";
import { parseInput } from "../input.js";
import type { Metrics } from "../metrics.js";
import type { Dialog } from "../models/dialog.js";
import { dialogs } from "../read/dialogs.js";
import type { Telegram } from "../telegram/telegram.js";
import { VERSION } from "../version.js";
import type { Column } from "./formats/csv.js";
import { formatOf } from "./formats/choose.js";
import { jsonl } from "./formats/json.js";
import { LIST_FORMATS, listText, type ListFormat } from "./formats/lists.js";
import { exportOptionsSchema, type ExportOptions } from "./options.js";
import { runTo } from "./run-to.js";
import type { ExportReport } from "./shapes.js";

/** What `client.export.dialogs` and `client.export.groups` take. */
export interface ExportChatsOptions extends Omit<ExportOptions, "format"> {
  readonly format?: ListFormat;
}

const schema = z.strictObject({ ...exportOptionsSchema, format: z.enum(LIST_FORMATS).exactOptional() });

const COLUMNS: readonly Column<Dialog>[] = [
  ["id", ({ id }) => id],
  ["kind", ({ kind }) => kind],
  ["title", ({ title }) => title],
  ["username", ({ username }) => username],
  ["participants_count", ({ participantsCount }) => participantsCount],
  ["unread_count", ({ unreadCount }) => unreadCount],
  ["is_pinned", ({ isPinned }) => isPinned],
  ["last_message_date", ({ lastMessageDate }) => lastMessageDate],
];

/** Dialogs in one answer. */
const PAGE = 100;

/** The account's chats: all, or those of some kinds. */
export async function exportChats(
  telegram: Telegram,
  metrics: Metrics,
  what: "dialogs" | "groups",
  options: ExportChatsOptions,
): Promise<ExportReport> {
  const parsed = parseInput(schema, options, "options");
  const { to, format: asked, resume, defuseFormulas, onProgress, signal } = parsed;
  const format = typeof to === "string" ? formatOf(to, asked, LIST_FORMATS) : (asked ?? "jsonl");
  const call = { lane: "bulk", ...(signal === undefined ? {} : { signal }) } as const;
  const type = what === "groups" ? "group" : "all";
  return runTo(to, {
    identity: { what, account: telegram.selfId ?? null, format, defuseFormulas },
    format: jsonl<Dialog>(),
    arrange: (gathered) => listText(format, gathered, COLUMNS, { defuseFormulas }),
    metrics,
    pageSize: PAGE,
    fresh: !resume,
    about: { format, asked: {}, version: VERSION },
    onProgress,
    // The list has no place to go on from: what came before an interruption comes again, and counts once.
    pages: async function* ({ gathered }) {
      const had = new Set((await gathered()).map(({ id }) => id));
      for await (const { items, total } of dialogs(telegram, { ...call, type }).pages()) {
        const fresh = items.filter(({ id }) => !had.has(id));
        for (const { id } of fresh) had.add(id);
        // How many there are of one kind Telegram does not tell.
        yield { items: fresh, reported: type === "all" ? total : had.size, cursor: "" };
      }
    },
  });
}
