import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { listingOptions, listMessages, messageList } from "../../mcp/message-list.js";
import { fields } from "../../mcp/messages.js";
import { cursor, group, limit } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const getMessages = tool({
  name: "tg_get_messages",
  title: "Messages",
  description: "The messages of a chat, newest first. Marks nothing as read. One request for each 100.",
  input: z.strictObject({
    group,
    limit: limit(100),
    min_id: z.int().min(0).default(0).describe("Only messages with a higher id."),
    cursor,
    fields,
  }),
  output: z.object(messageList),
  annotations: READS,
  async run({ client }: ServerContext, input, call) {
    const options = { ...listingOptions(input, call), limit: input.limit, minId: input.min_id };
    return listMessages((await client()).read.messages(input.group, options), input, call);
  },
});
