import { z } from "zod";
import { collect } from "../../mcp/collect.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { fields, messageSchema, showMessage } from "../../mcp/messages.js";
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
  output: z.object({
    count: z.int(),
    messages: z.array(messageSchema),
    next_cursor: z.string().regex(/^\d+$/).optional().describe("There may be more: call again with it as cursor."),
  }),
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: true },
  async run({ client }: ServerContext, input, call) {
    const listing = (await client()).read.messages(input.group, {
      limit: input.limit,
      minId: input.min_id,
      markdown: input.fields.includes("markdown"),
      includeService: input.fields.includes("service"),
      signal: call.signal,
      ...defined({ cursor: input.cursor }),
    });
    const { items, nextCursor } = await collect(listing, input.limit, call, showMessage(input.fields));
    return defined({ count: items.length, messages: [...items], next_cursor: nextCursor });
  },
});
