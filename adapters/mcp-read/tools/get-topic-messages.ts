import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { listingOptions, listMessages, messageList } from "../../mcp/message-list.js";
import { fields } from "../../mcp/messages.js";
import { cursor, group, id, limit } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const getTopicMessages = tool({
  name: "tg_get_topic_messages",
  title: "Messages of a topic",
  description: "The messages of a forum's topic, newest first. One request for each 100.",
  input: z.strictObject({
    group,
    topic_id: id.describe("As tg_get_topics tells it; General has 1."),
    limit: limit(100),
    cursor,
    fields,
  }),
  output: z.object(messageList),
  annotations: READS,
  async run({ client }: ServerContext, input, call) {
    const options = { ...listingOptions(input, call), limit: input.limit };
    return listMessages((await client()).read.topicMessages(input.group, input.topic_id, options), input, call);
  },
});
