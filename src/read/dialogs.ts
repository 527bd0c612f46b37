import { z } from "zod";
import { parseInput } from "../input.js";
import type { Dialog } from "../models/dialog.js";
import { SERVICE_CHAT_ID } from "../models/service-chat.js";
import { dialogPages } from "../telegram/dialog-pages.js";
import type { Telegram } from "../telegram/telegram.js";
import { Listing, type Page } from "./listing.js";
import { optionsSchema, type ListOptions } from "./options.js";

/** Which chats: all, groups and supergroups, channels, or people and bots. */
export type DialogFilter = "all" | "group" | "channel" | "user";

/** What `client.read.dialogs` takes. */
export interface DialogsOptions extends ListOptions {
  /** @defaultValue "all" */
  readonly type?: DialogFilter;
  /** Telegram's own chat too, which carries login codes; they are masked in any case. @defaultValue false */
  readonly includeServiceChat?: boolean;
}

const schema = z.strictObject({
  ...optionsSchema,
  type: z.enum(["all", "group", "channel", "user"]).default("all"),
  includeServiceChat: z.boolean().default(false),
});

/** The account's chats as the app lists them: pinned ones first, then by the newest message. */
export function dialogs(telegram: Telegram, options: DialogsOptions = {}): Listing<Dialog> {
  const { limit = Infinity, type, includeServiceChat, ...call } = parseInput(schema, options, "options");
  const pages = async function* (): AsyncGenerator<Page<Dialog>> {
    for await (const page of dialogPages(telegram, call)) {
      await telegram.scope?.ready(telegram, call);
      const shown = page.dialogs.filter(
        (dialog) => (includeServiceChat || dialog.id !== SERVICE_CHAT_ID) && telegram.scope?.allows(dialog) !== false,
      );
      yield { items: shown.filter((dialog) => fits(dialog, type)), total: page.total };
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
