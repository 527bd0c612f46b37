import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { cursor, group, limit, searched } from "../../mcp/parameters.js";
import { listParticipants, participantList } from "../../mcp/participants.js";
import { tool } from "../../mcp/tool.js";

export const searchParticipants = tool({
  name: "tg_search_participants",
  title: "Find members",
  description:
    "The members of a chat whose name or username begins with a text, without bots. Telegram finds at most 200. One request.",
  input: z.strictObject({
    group,
    query: searched.describe("How the name or username begins."),
    limit: limit(50, 200),
    cursor,
  }),
  output: participantList,
  annotations: READS,
  async run({ client }: ServerContext, { group, query, limit, cursor }, call) {
    const options = { limit, signal: call.signal, ...defined({ cursor }) };
    return listParticipants((await client()).read.searchParticipants(group, query, options), limit, call);
  },
});
