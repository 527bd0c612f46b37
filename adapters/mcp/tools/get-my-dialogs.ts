import type { Dialog } from "tg-guarded";
import { z } from "zod";
import { chatSchema, showChat } from "../chats.js";
import type { ServerContext } from "../context.js";
import { defined } from "../defined.js";
import { fitting } from "../fitting.js";
import { limit } from "../parameters.js";
import { tool } from "../tool.js";

/** Room for everything around the list. */
const FRAME_CHARS = 1000;

export const getMyDialogs = tool({
  name: "tg_get_my_dialogs",
  title: "Chats of the account",
  description:
    "The account's chats: pinned ones first, then by the newest message. Telegram's own chat is left out. One request for each 100.",
  input: z.strictObject({
    limit: limit(100),
    dialog_type: z.enum(["all", "group", "channel", "user"]).default("all"),
    offset: z.int().min(0).max(100_000).default(0).describe("Skips so many: next_offset of an earlier answer."),
  }),
  output: z.object({
    count: z.int(),
    dialogs: z.array(chatSchema.extend({ unread_count: z.int() })),
    next_offset: z.int().optional().describe("There are more: call again with it as offset."),
  }),
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: true },
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    const wanted = input.offset + input.limit;
    // One more tells whether there are more.
    const listing = (await client()).read.dialogs({ type: input.dialog_type, limit: wanted + 1, signal });
    const all = await listing.toArray();
    const dialogs = all.slice(input.offset, wanted).map(showDialog);
    const { shown } = fitting(dialogs, roomChars - FRAME_CHARS);
    const next = input.offset + shown.length;
    return defined({
      count: shown.length,
      dialogs: shown,
      next_offset: next < all.length ? next : undefined,
    });
  },
});

const showDialog = (dialog: Dialog) => ({ ...showChat(dialog), unread_count: dialog.unreadCount });
