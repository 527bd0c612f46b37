import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { ADDS } from "../annotations.js";
import { write } from "../carry-out.js";
import { messageIds } from "../parameters.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const forwardMessages = writeTool({
  name: "tg_forward_messages",
  title: "Forward messages",
  description:
    "Passes messages on from one chat to another, exactly once for each approval. Both must be on the allowlist. Previews by default.",
  input: {
    from_group: group,
    to_group: group,
    message_ids: messageIds,
    drop_author: z.boolean().default(false).describe("Without saying whose they are."),
    drop_media_captions: z.boolean().default(false).describe("Files without their captions."),
  },
  result: { chat_id: z.int(), message_ids: z.array(z.int()) },
  annotations: ADDS,
  write: ({ forwardMessages }, input) =>
    write(forwardMessages, {
      from: input.from_group,
      to: input.to_group,
      messageIds: input.message_ids,
      dropAuthor: input.drop_author,
      dropCaptions: input.drop_media_captions,
      ...keyed(input),
    }),
  show: ({ chatId, messageIds }) => ({ chat_id: chatId, message_ids: [...messageIds] }),
});
