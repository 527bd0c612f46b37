import { z } from "zod";
import { SAVES } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { exportOptions, exportOutput, outputFile, showExport } from "../../mcp/exports.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const exportParticipants = tool({
  name: "tg_export_participants",
  title: "Export members",
  description:
    "Writes the members of a group, supergroup or channel to a new file. One request for each 200, and many more where there are more than 10,000. Stopped, the same call goes on where it was.",
  input: z.strictObject({
    group,
    output_file: outputFile(".jsonl, .json or .csv"),
    include_bots: z.boolean().default(false),
    complete: z
      .boolean()
      .default(true)
      .describe("Searches for those that Telegram does not list: beyond 10,000 members that takes many requests."),
  }),
  output: exportOutput,
  annotations: SAVES,
  async run({ client }: ServerContext, { group, output_file, include_bots, complete }, call) {
    const options = { ...exportOptions(output_file, call), includeBots: include_bots, complete };
    return showExport(await (await client()).export.participants(group, options), call);
  },
});
