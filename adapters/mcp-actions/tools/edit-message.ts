import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { group, messageId } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { DESTROYS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey, parseMode } from "../parameters.js";
import { keyed } from "../placed.js";

export const editMessage = tool({
  name: "tg_edit_message",
  title: "Edit a message",
  description: "Changes the text or caption of a message that this account wrote. Previews by default.",
  input: z.strictObject({
    group,
    message_id: messageId,
    new_text: z.string().trim().min(1).max(16_384),
    parse_mode: parseMode,
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), message_id: z.int() })),
  annotations: DESTROYS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ editMessage }) =>
        write(editMessage, {
          chat: input.group,
          messageId: input.message_id,
          text: input.new_text,
          ...defined({ formatting: input.parse_mode }),
          ...keyed(input),
        }),
      ({ chatId, messageId }) => ({ chat_id: chatId, message_id: messageId }),
    ),
});
