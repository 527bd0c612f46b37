import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { DESTROYS } from "../annotations.js";
import { write } from "../carry-out.js";
import { messageIds } from "../parameters.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const deleteMessages = writeTool({
  name: "tg_delete_messages",
  title: "Delete messages",
  description:
    "Deletes messages of a chat, for everybody unless told otherwise. It cannot be undone. Previews by default.",
  input: {
    group,
    message_ids: messageIds,
    revoke: z.boolean().default(true).describe("For everybody; in supergroups and channels always."),
  },
  result: { chat_id: z.int(), message_ids: z.array(z.int()) },
  annotations: DESTROYS,
  write: ({ deleteMessages }, input) =>
    write(deleteMessages, {
      chat: input.group,
      messageIds: input.message_ids,
      revoke: input.revoke,
      ...keyed(input),
    }),
  show: ({ chatId, messageIds }) => ({ chat_id: chatId, message_ids: [...messageIds] }),
});
