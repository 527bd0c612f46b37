import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { cursor, group, limit } from "../../mcp/parameters.js";
import { listParticipants, participantList } from "../../mcp/participants.js";
import { tool } from "../../mcp/tool.js";

export const getParticipants = tool({
  name: "tg_get_participants",
  title: "Members",
  description:
    "The members of a group, supergroup or channel without bots, those seen last first. Telegram lists at most 10,000, and a channel's only to its admins. One request for each 200.",
  input: z.strictObject({ group, limit: limit(100), cursor }),
  output: participantList,
  annotations: READS,
  async run({ client }: ServerContext, { group, limit, cursor }, call) {
    const options = { limit, signal: call.signal, ...defined({ cursor }) };
    return listParticipants((await client()).read.participants(group, options), limit, call);
  },
});
