import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { limit } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { LOOKS } from "../annotations.js";
import { showSummary, summarySchema } from "../batches.js";
import { fitting, FRAME_CHARS } from "../../mcp/fitting.js";

export const listBatches = tool({
  name: "tg_list_batches",
  title: "Batches",
  description: "All batches of the account, newest first; those that are over for a month. Sends nothing.",
  input: z.strictObject({ limit: limit(20) }),
  output: z.object({
    count: z.int(),
    batches: z.array(summarySchema),
    left_out: z.int().optional().describe("How many more there are: raise the limit."),
  }),
  annotations: LOOKS,
  async run({ client }: ServerContext, input, { roomChars }) {
    const all = await (await client()).actions.batches.list();
    const { shown } = fitting(all.slice(0, input.limit).map(showSummary), roomChars - FRAME_CHARS);
    const leftOut = all.length - shown.length;
    return defined({ count: shown.length, batches: shown, left_out: leftOut === 0 ? undefined : leftOut });
  },
});
