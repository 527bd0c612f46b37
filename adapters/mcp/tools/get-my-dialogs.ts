import type { Dialog } from "tg-guarded";
import { z } from "zod";
import { READS } from "../annotations.js";
import { chatSchema, showChat } from "../chats.js";
import type { ServerContext } from "../context.js";
import { nextOffset, offset, partOf } from "../offset.js";
import { limit } from "../parameters.js";
import { tool } from "../tool.js";

export const getMyDialogs = tool({
  name: "tg_get_my_dialogs",
  title: "Chats of the account",
  description:
    "The account's chats: pinned ones first, then by the newest message. Telegram's own chat is left out. One request for each 100.",
  input: z.strictObject({
    limit: limit(100),
    dialog_type: z.enum(["all", "group", "channel", "user"]).default("all"),
    offset,
  }),
  output: z.object({
    count: z.int(),
    dialogs: z.array(chatSchema.extend({ unread_count: z.int() })),
    next_offset: nextOffset,
  }),
  annotations: READS,
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    // One more tells whether there are more.
    const most = input.offset + input.limit + 1;
    const listing = (await client()).read.dialogs({ type: input.dialog_type, limit: most, signal });
    const { shown, ...next } = partOf((await listing.toArray()).map(showDialog), input, roomChars);
    return { count: shown.length, dialogs: shown, ...next };
  },
});

const showDialog = (dialog: Dialog) => ({ ...showChat(dialog), unread_count: dialog.unreadCount });
