import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { isoTime } from "../../mcp/words.js";
import { tool } from "../../mcp/tool.js";
import { ADDS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey, parseMode, placement } from "../parameters.js";
import { placed } from "../placed.js";

export const sendMessage = tool({
  name: "tg_send_message",
  title: "Send a message",
  description:
    "Sends a text to one chat, exactly once for each approval. Preview with dry_run: true first; without the gates it is refused.",
  input: z.strictObject({
    group,
    message_text: z.string().trim().min(1).max(16_384).describe("Sent exactly so, unless parse_mode is given."),
    parse_mode: parseMode,
    ...placement,
    idempotency_key: idempotencyKey,
    ...gates(false),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), message_id: z.int(), date: isoTime() })),
  annotations: ADDS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ sendMessage }) => write(sendMessage, { chat: input.group, text: input.message_text, ...placed(input) }),
      ({ chatId, messageId, date }) => ({ chat_id: chatId, message_id: messageId, date }),
    ),
});
