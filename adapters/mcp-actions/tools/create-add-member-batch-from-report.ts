import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { batchOptions, sourcePath, user } from "../parameters.js";
import { tool } from "../../mcp/tool.js";
import { ADDS } from "../annotations.js";
import { batchOutput, optionsOf, showBatch } from "../batches.js";

export const createAddMemberBatchFromReport = tool({
  name: "tg_create_add_member_batch_from_report",
  title: "New batch: add a member, from a report",
  description:
    "Makes a batch that adds one person to the chats in which an earlier attempt failed: {items: [{chat_id, result: {success, error}}]}. Changes nothing.",
  input: z.strictObject({
    report_path: sourcePath,
    user,
    error_contains: z
      .string()
      .max(500)
      .default("join quota exceeded")
      .describe("Only what failed with this in its error."),
    ...batchOptions,
  }),
  output: batchOutput,
  annotations: ADDS,
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    const { batches } = (await client()).actions;
    const batch = await batches.addMemberFromReport({
      path: input.report_path,
      user: input.user,
      errorContains: input.error_contains,
      ...optionsOf(input, signal),
    });
    return showBatch(batch, roomChars);
  },
});
