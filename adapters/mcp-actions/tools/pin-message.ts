import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group, messageId } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { SETS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey } from "../parameters.js";
import { keyed } from "../placed.js";

export const pinMessage = tool({
  name: "tg_pin_message",
  title: "Pin a message",
  description: "Pins a message for everybody, or takes the pin away. Previews by default.",
  input: z.strictObject({
    group,
    message_id: messageId,
    unpin: z.boolean().default(false),
    silent: z.boolean().default(false).describe("Without telling the members."),
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), message_id: z.int(), is_pinned: z.boolean() })),
  annotations: SETS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ pinMessage }) =>
        write(pinMessage, {
          chat: input.group,
          messageId: input.message_id,
          unpin: input.unpin,
          silent: input.silent,
          ...keyed(input),
        }),
      ({ chatId, messageId, isPinned }) => ({ chat_id: chatId, message_id: messageId, is_pinned: isPinned }),
    ),
});
