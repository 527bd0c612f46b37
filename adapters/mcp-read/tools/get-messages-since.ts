import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { listingOptions, listMessages, messageList } from "../../mcp/message-list.js";
import { fields } from "../../mcp/messages.js";
import { cursor, group, moment } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const getMessagesSince = tool({
  name: "tg_get_messages_since",
  title: "Messages since a moment",
  description:
    "The messages of a chat from a moment on, newest first. Marks nothing as read. One request for each 100, and one.",
  input: z.strictObject({
    group,
    cutoff_iso: moment,
    limit: z.int().min(0).max(1000).default(0).describe("At most so many, up to 1000; 0: as many as have room."),
    cursor,
    fields,
  }),
  output: z.object({ cutoff_iso: moment, ...messageList }),
  annotations: READS,
  async run({ client }: ServerContext, input, call) {
    const limit = input.limit === 0 ? Infinity : input.limit;
    const options = { ...listingOptions(input, call), ...(limit === Infinity ? {} : { limit }) };
    const listing = (await client()).read.messagesSince(input.group, input.cutoff_iso, options);
    return { cutoff_iso: input.cutoff_iso, ...(await listMessages(listing, { ...input, limit }, call)) };
  },
});
