import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { nameText } from "../../mcp/words.js";

export const getMessageCount = tool({
  name: "tg_get_message_count",
  title: "How many messages",
  description: "How many messages a chat has, service messages included. One request.",
  input: z.strictObject({ group }),
  output: z.object({ group: nameText(), message_count: z.int() }),
  annotations: READS,
  async run({ client }: ServerContext, { group }, { signal }) {
    const count = await (await client()).read.messageCount(group, { signal });
    return { group: String(group), message_count: count };
  },
});
