import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { DESTROYS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey, messageIds } from "../parameters.js";
import { keyed } from "../placed.js";

export const deleteMessages = tool({
  name: "tg_delete_messages",
  title: "Delete messages",
  description:
    "Deletes messages of a chat, for everybody unless told otherwise. It cannot be undone. Previews by default.",
  input: z.strictObject({
    group,
    message_ids: messageIds,
    revoke: z.boolean().default(true).describe("For everybody; in supergroups and channels always."),
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), message_ids: z.array(z.int()) })),
  annotations: DESTROYS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ deleteMessages }) =>
        write(deleteMessages, {
          chat: input.group,
          messageIds: input.message_ids,
          revoke: input.revoke,
          ...keyed(input),
        }),
      ({ chatId, messageIds }) => ({ chat_id: chatId, message_ids: [...messageIds] }),
    ),
});
