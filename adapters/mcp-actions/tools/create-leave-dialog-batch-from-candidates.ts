import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { batchOptions, sourcePath } from "../parameters.js";
import { tool } from "../../mcp/tool.js";
import { ADDS } from "../annotations.js";
import { batchOutput, optionsOf, showBatch } from "../batches.js";

export const createLeaveDialogBatchFromCandidates = tool({
  name: "tg_create_leave_dialog_batch_from_candidates",
  title: "New batch: leave chats",
  description:
    "Makes a batch that leaves the chats that a review has marked: {candidates: [{target or group or chat_id, review: {leave_candidate: true}}]}. Changes nothing.",
  input: z.strictObject({
    candidates_path: sourcePath,
    ...batchOptions,
  }),
  output: batchOutput,
  annotations: ADDS,
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    const { batches } = (await client()).actions;
    const batch = await batches.leaveDialogFromCandidates({ path: input.candidates_path, ...optionsOf(input, signal) });
    return showBatch(batch, roomChars);
  },
});
