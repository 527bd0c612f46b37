import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { isoTime } from "../../mcp/words.js";
import { ADDS } from "../annotations.js";
import { write } from "../carry-out.js";
import { parseMode, placement } from "../parameters.js";
import { placed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const sendMessage = writeTool({
  name: "tg_send_message",
  title: "Send a message",
  description:
    "Sends a text to one chat, exactly once for each approval. Preview with dry_run: true first; without the gates it is refused.",
  input: {
    group,
    message_text: z.string().trim().min(1).max(16_384).describe("Sent exactly so, unless parse_mode is given."),
    parse_mode: parseMode,
    ...placement,
  },
  result: { chat_id: z.int(), message_id: z.int(), date: isoTime() },
  annotations: ADDS,
  dryRun: false,
  write: ({ sendMessage }, input) =>
    write(sendMessage, { chat: input.group, text: input.message_text, ...placed(input) }),
  show: ({ chatId, messageId, date }) => ({ chat_id: chatId, message_id: messageId, date }),
});
