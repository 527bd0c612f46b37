import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { ADDS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey, messageIds } from "../parameters.js";
import { keyed } from "../placed.js";

export const forwardMessages = tool({
  name: "tg_forward_messages",
  title: "Forward messages",
  description:
    "Passes messages on from one chat to another, exactly once for each approval. Both must be on the allowlist. Previews by default.",
  input: z.strictObject({
    from_group: group,
    to_group: group,
    message_ids: messageIds,
    drop_author: z.boolean().default(false).describe("Without saying whose they are."),
    drop_media_captions: z.boolean().default(false).describe("Files without their captions."),
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), message_ids: z.array(z.int()) })),
  annotations: ADDS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ forwardMessages }) =>
        write(forwardMessages, {
          from: input.from_group,
          to: input.to_group,
          messageIds: input.message_ids,
          dropAuthor: input.drop_author,
          dropCaptions: input.drop_media_captions,
          ...keyed(input),
        }),
      ({ chatId, messageIds }) => ({ chat_id: chatId, message_ids: [...messageIds] }),
    ),
});
