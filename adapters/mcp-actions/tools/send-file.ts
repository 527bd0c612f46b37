import { z } from "zod";
import { defined } from "../../mcp/defined.js";
import { group } from "../../mcp/parameters.js";
import { isoTime } from "../../mcp/words.js";
import { ADDS } from "../annotations.js";
import { write } from "../carry-out.js";
import { parseMode, placement } from "../parameters.js";
import { placed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const sendFile = writeTool({
  name: "tg_send_file",
  title: "Send a file",
  description:
    "Sends a file of the allowed folders to one chat, exactly once for each approval and exactly as previewed. Preview with dry_run: true first; without the gates it is refused.",
  input: {
    group,
    file_path: z.string().min(1).max(4096).describe("Inside of the allowed folders; relative to the first of them."),
    caption: z.string().max(16_384).default(""),
    as: z.enum(["document", "photo"]).default("document").describe("A photo is compressed and shown in the chat."),
    file_name: z.string().min(1).max(255).optional().describe("What people see a document is called."),
    parse_mode: parseMode,
    ...placement,
  },
  result: { chat_id: z.int(), message_id: z.int(), date: isoTime() },
  annotations: ADDS,
  dryRun: false,
  write: ({ sendFile }, input) =>
    write(sendFile, {
      chat: input.group,
      path: input.file_path,
      caption: input.caption,
      as: input.as,
      ...defined({ fileName: input.file_name }),
      ...placed(input),
    }),
  show: ({ chatId, messageId, date }) => ({ chat_id: chatId, message_id: messageId, date }),
});
