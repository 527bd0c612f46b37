import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { tool } from "../../mcp/tool.js";
import { CANCELS } from "../annotations.js";
import { batchOutput, showBatch } from "../batches.js";
import { batchId } from "../parameters.js";

export const cancelBatch = tool({
  name: "tg_cancel_batch",
  title: "Cancel a batch",
  description: "Ends a batch for good. A run that is at work ends after the item at hand; what is done stays done.",
  input: z.strictObject({ batch_id: batchId }),
  output: batchOutput,
  annotations: CANCELS,
  async run({ client }: ServerContext, input, { roomChars }) {
    const batch = await (await client()).actions.batches.open(input.batch_id);
    await batch.cancel();
    return showBatch(batch, roomChars);
  },
});
