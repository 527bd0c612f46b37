import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { DESTROYS_MORE } from "../annotations.js";
import { write } from "../carry-out.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const clearHistory = writeTool({
  name: "tg_clear_history",
  title: "Clear a history",
  description:
    "Deletes the messages of a chat up to one of them, or all, for everybody unless told otherwise. It cannot be undone. Previews by default.",
  input: {
    group,
    max_id: z.int().min(0).default(0).describe("The last message to go; 0: the newest of the chat."),
    revoke: z.boolean().default(true).describe("For everybody."),
    just_clear: z.boolean().default(false).describe("Keeps the empty chat in the list."),
  },
  result: { chat_id: z.int(), max_id: z.int() },
  annotations: DESTROYS_MORE,
  write: ({ clearHistory }, input) =>
    write(clearHistory, {
      chat: input.group,
      revoke: input.revoke,
      justClear: input.just_clear,
      ...(input.max_id === 0 ? {} : { maxId: input.max_id }),
      ...keyed(input),
    }),
  show: ({ chatId, maxId }) => ({ chat_id: chatId, max_id: maxId }),
});
