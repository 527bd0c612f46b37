import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { DESTROYS_MORE } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey } from "../parameters.js";
import { keyed } from "../placed.js";

export const clearHistory = tool({
  name: "tg_clear_history",
  title: "Clear a history",
  description:
    "Deletes the messages of a chat up to one of them, or all, for everybody unless told otherwise. It cannot be undone. Previews by default.",
  input: z.strictObject({
    group,
    max_id: z.int().min(0).default(0).describe("The last message to go; 0: the newest of the chat."),
    revoke: z.boolean().default(true).describe("For everybody."),
    just_clear: z.boolean().default(false).describe("Keeps the empty chat in the list."),
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), max_id: z.int() })),
  annotations: DESTROYS_MORE,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ clearHistory }) =>
        write(clearHistory, {
          chat: input.group,
          revoke: input.revoke,
          justClear: input.just_clear,
          ...(input.max_id === 0 ? {} : { maxId: input.max_id }),
          ...keyed(input),
        }),
      ({ chatId, maxId }) => ({ chat_id: chatId, max_id: maxId }),
    ),
});
