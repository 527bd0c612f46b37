import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { tool } from "../../mcp/tool.js";
import { LOOKS } from "../annotations.js";
import { batchOutput, showBatch } from "../batches.js";
import { batchId } from "../parameters.js";

export const getBatchStatus = tool({
  name: "tg_get_batch_status",
  title: "Where a batch stands",
  description: "Status, counters, the first 20 pending items, and what went wrong. Sends nothing.",
  input: z.strictObject({ batch_id: batchId }),
  output: batchOutput,
  annotations: LOOKS,
  run: async ({ client }: ServerContext, input, { roomChars }) =>
    showBatch(await (await client()).actions.batches.open(input.batch_id), roomChars),
});
