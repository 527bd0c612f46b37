import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { batchOptions, sourcePath } from "../parameters.js";
import { tool } from "../../mcp/tool.js";
import { ADDS } from "../annotations.js";
import { batchOutput, optionsOf, showBatch } from "../batches.js";

export const createDeleteMessagesBatchFromManifest = tool({
  name: "tg_create_delete_messages_batch_from_manifest",
  title: "New batch: delete messages",
  description:
    "Makes a batch that deletes the messages of a manifest: {targets: [{group, message_ids}]} or the bare list. Reads what they say; changes nothing.",
  input: z.strictObject({
    manifest_path: sourcePath,
    max_ids_per_action: z.int().min(1).max(100).default(100),
    revoke: z.boolean().default(true).describe("For everybody; in supergroups and channels always."),
    ...batchOptions,
  }),
  output: batchOutput,
  annotations: ADDS,
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    const { batches } = (await client()).actions;
    const batch = await batches.deleteMessagesFromManifest({
      path: input.manifest_path,
      maxIdsPerAction: input.max_ids_per_action,
      revoke: input.revoke,
      ...optionsOf(input, signal),
    });
    return showBatch(batch, roomChars);
  },
});
