import { z } from "zod";
import { SAVES } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { exportOptions, exportOutput, outputFile, showExport } from "../../mcp/exports.js";
import { group, id, moment, searched } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const exportMessages = tool({
  name: "tg_export_messages",
  title: "Export messages",
  description:
    "Writes the messages of a chat to a new file, oldest first. For more than fits into an answer. One request for each 100. Stopped, the same call goes on where it was.",
  input: z.strictObject({
    group,
    output_file: outputFile(".jsonl, .json, .csv or .md"),
    limit: z.int().min(1).optional().describe("The newest so many. Without it, all."),
    since: moment.optional(),
    until: moment.optional(),
    min_id: z.int().min(0).optional().describe("Only messages with a higher id."),
    from_user: group.optional().describe("Only messages of this person, bot or channel."),
    query: searched.optional().describe("Only messages with these words."),
    topic_id: id.optional().describe("Only messages of this topic of a forum."),
  }),
  output: exportOutput,
  annotations: SAVES,
  async run({ client }: ServerContext, { group, output_file, ...asked }, call) {
    const { limit, since, until, min_id, from_user, query, topic_id } = asked;
    const choice = { limit, since, until, minId: min_id, fromUser: from_user, search: query, topic: topic_id };
    const options = { ...exportOptions(output_file, call), ...defined(choice) };
    return showExport(await (await client()).export.messages(group, options), call);
  },
});
