import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { SETS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey } from "../parameters.js";
import { keyed } from "../placed.js";

export const markRead = tool({
  name: "tg_mark_read",
  title: "Mark as read",
  description: "Marks a chat as read, which in a private chat the other one sees. Previews by default.",
  input: z.strictObject({
    group,
    max_id: z.int().min(0).default(0).describe("The last message that was read; 0: the newest."),
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), max_id: z.int() })),
  annotations: SETS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ markRead }) =>
        write(markRead, { chat: input.group, ...(input.max_id === 0 ? {} : { maxId: input.max_id }), ...keyed(input) }),
      ({ chatId, maxId }) => ({ chat_id: chatId, max_id: maxId }),
    ),
});
