import { z } from "zod";
import { defined } from "../../mcp/defined.js";
import { group, messageId } from "../../mcp/parameters.js";
import { DESTROYS } from "../annotations.js";
import { write } from "../carry-out.js";
import { parseMode } from "../parameters.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const editMessage = writeTool({
  name: "tg_edit_message",
  title: "Edit a message",
  description: "Changes the text or caption of a message that this account wrote. Previews by default.",
  input: {
    group,
    message_id: messageId,
    new_text: z.string().trim().min(1).max(16_384),
    parse_mode: parseMode,
  },
  result: { chat_id: z.int(), message_id: z.int() },
  annotations: DESTROYS,
  write: ({ editMessage }, input) =>
    write(editMessage, {
      chat: input.group,
      messageId: input.message_id,
      text: input.new_text,
      ...defined({ formatting: input.parse_mode }),
      ...keyed(input),
    }),
  show: ({ chatId, messageId }) => ({ chat_id: chatId, message_id: messageId }),
});
