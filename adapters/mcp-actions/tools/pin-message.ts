import { z } from "zod";
import { group, messageId } from "../../mcp/parameters.js";
import { SETS } from "../annotations.js";
import { write } from "../carry-out.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const pinMessage = writeTool({
  name: "tg_pin_message",
  title: "Pin a message",
  description: "Pins a message for everybody, or takes the pin away. Previews by default.",
  input: {
    group,
    message_id: messageId,
    unpin: z.boolean().default(false),
    silent: z.boolean().default(false).describe("Without telling the members."),
  },
  result: { chat_id: z.int(), message_id: z.int(), is_pinned: z.boolean() },
  annotations: SETS,
  write: ({ pinMessage }, input) =>
    write(pinMessage, {
      chat: input.group,
      messageId: input.message_id,
      unpin: input.unpin,
      silent: input.silent,
      ...keyed(input),
    }),
  show: ({ chatId, messageId, isPinned }) => ({ chat_id: chatId, message_id: messageId, is_pinned: isPinned }),
});
