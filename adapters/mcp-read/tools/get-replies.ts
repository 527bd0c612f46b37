import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { listingOptions, listMessages, messageList } from "../../mcp/message-list.js";
import { fields } from "../../mcp/messages.js";
import { cursor, group, limit, messageId } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const getReplies = tool({
  name: "tg_get_replies",
  title: "Answers to a message",
  description:
    "The answers of a message's thread, newest first; below a channel's post its comments, which have another chat_id. One request for each 100.",
  input: z.strictObject({ group, message_id: messageId, limit: limit(100), cursor, fields }),
  output: z.object(messageList),
  annotations: READS,
  async run({ client }: ServerContext, input, call) {
    const options = { ...listingOptions(input, call), limit: input.limit };
    const listing = (await client()).read.replies(input.group, input.message_id, options);
    return listMessages(listing, { ...input, withChat: true }, call);
  },
});
