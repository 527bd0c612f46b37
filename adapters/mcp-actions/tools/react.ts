import { z } from "zod";
import { group, messageId } from "../../mcp/parameters.js";
import { DESTROYS } from "../annotations.js";
import { write } from "../carry-out.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const react = writeTool({
  name: "tg_react",
  title: "React to a message",
  description:
    "Gives a message one reaction in place of what it had from this account, or takes it back. Previews by default.",
  input: {
    group,
    message_id: messageId,
    emoji: z
      .string()
      .trim()
      .min(1)
      .max(32)
      .nullable()
      .describe("One that Telegram offers; null takes the reaction back."),
  },
  result: { chat_id: z.int(), message_id: z.int() },
  annotations: DESTROYS,
  write: ({ react }, input) =>
    write(react, { chat: input.group, messageId: input.message_id, emoji: input.emoji, ...keyed(input) }),
  show: ({ chatId, messageId }) => ({ chat_id: chatId, message_id: messageId }),
});
