import type { Topic } from "tg-guarded";
import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined, flag } from "../../mcp/defined.js";
import { nextOffset, offset, partOf } from "../../mcp/offset.js";
import { group, limit, searched } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { isoTime, nameText } from "../../mcp/words.js";

const holds = z.literal(true).optional();

const topicSchema = z.object({
  id: z.int(),
  title: nameText(),
  date: isoTime(),
  creator_id: z.int(),
  top_message_id: z.int(),
  last_message_date: isoTime().optional(),
  unread_count: z.int(),
  is_closed: holds,
  is_pinned: holds,
  is_hidden: holds,
});

export const getTopics = tool({
  name: "tg_get_topics",
  title: "Topics of a forum",
  description: "The topics of a forum: pinned ones first, then by the newest message. One request for each 100.",
  input: z.strictObject({
    group,
    query: searched.optional().describe("Only topics with these words in their title."),
    limit: limit(100),
    offset,
  }),
  output: z.object({ count: z.int(), topics: z.array(topicSchema), next_offset: nextOffset }),
  annotations: READS,
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    // One more tells whether there are more.
    const options = { limit: input.offset + input.limit + 1, signal, ...defined({ search: input.query }) };
    const all = await (await client()).read.topics(input.group, options).toArray();
    const { shown, ...next } = partOf(all.map(showTopic), input, roomChars);
    return { count: shown.length, topics: shown, ...next };
  },
});

const showTopic = (topic: Topic): z.input<typeof topicSchema> =>
  defined({
    id: topic.id,
    title: topic.title,
    date: topic.date,
    creator_id: topic.creatorId,
    top_message_id: topic.topMessageId,
    last_message_date: topic.lastMessageDate,
    unread_count: topic.unreadCount,
    is_closed: flag(topic.isClosed),
    is_pinned: flag(topic.isPinned),
    is_hidden: flag(topic.isHidden),
  });
