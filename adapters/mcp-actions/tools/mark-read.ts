import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { SETS } from "../annotations.js";
import { write } from "../carry-out.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const markRead = writeTool({
  name: "tg_mark_read",
  title: "Mark as read",
  description: "Marks a chat as read, which in a private chat the other one sees. Previews by default.",
  input: {
    group,
    max_id: z.int().min(0).default(0).describe("The last message that was read; 0: the newest."),
  },
  result: { chat_id: z.int(), max_id: z.int() },
  annotations: SETS,
  write: ({ markRead }, input) =>
    write(markRead, { chat: input.group, ...(input.max_id === 0 ? {} : { maxId: input.max_id }), ...keyed(input) }),
  show: ({ chatId, maxId }) => ({ chat_id: chatId, max_id: maxId }),
});
