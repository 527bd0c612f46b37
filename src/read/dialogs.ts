import { z } from "zod";
import { parseInput } from "../input.js";
import type { Dialog } from "../models/dialog.js";
import { dialogPages } from "../telegram/dialog-pages.js";
import type { Telegram } from "../telegram/telegram.js";
import { Listing, type Page } from "./listing.js";
import { optionsSchema, type ReadOptions } from "./options.js";

/** Which chats: all, groups and supergroups, channels, or people and bots. */
export type DialogFilter = "all" | "group" | "channel" | "user";

export interface DialogsOptions extends ReadOptions {
  /** At the most so many dialogs. @defaultValue all */
  readonly limit?: number;
  /** @defaultValue "all" */
  readonly type?: DialogFilter;
}

const schema = z.strictObject({ ...optionsSchema, type: z.enum(["all", "group", "channel", "user"]).default("all") });

/** The account's chats as the app lists them: pinned ones first, then by the newest message. */
export function dialogs(telegram: Telegram, options: DialogsOptions = {}): Listing<Dialog> {
  const { limit = Infinity, type, ...call } = parseInput(schema, options, "options");
  const pages = async function* (): AsyncGenerator<Page<Dialog>> {
    for await (const page of dialogPages(telegram, call)) {
      yield { items: page.dialogs.filter((dialog) => fits(dialog, type)), total: page.total };
    }
  };
  return new Listing<Dialog>({
    limit,
    pages,
    total: async () => {
      for await (const { total } of pages()) return total;
      return 0;
    },
  });
}

function fits({ kind }: Dialog, filter: DialogFilter): boolean {
  if (filter === "all") return true;
  return filter === "group" ? kind === "group" || kind === "supergroup" : kind === filter;
}
