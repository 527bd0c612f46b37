import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { listingOptions, listMessages, messageList } from "../../mcp/message-list.js";
import { fields } from "../../mcp/messages.js";
import { cursor, group, limit } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const getPinnedMessages = tool({
  name: "tg_get_pinned_messages",
  title: "Pinned messages",
  description: "The pinned messages of a chat, newest first. One request for each 100.",
  input: z.strictObject({ group, limit: limit(20), cursor, fields }),
  output: z.object(messageList),
  annotations: READS,
  async run({ client }: ServerContext, input, call) {
    const options = { ...listingOptions(input, call), limit: input.limit };
    return listMessages((await client()).read.pinned(input.group, options), input, call);
  },
});
