import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { batchOptions, user } from "../parameters.js";
import { tool } from "../../mcp/tool.js";
import { ADDS } from "../annotations.js";
import { batchOutput, optionsOf, showBatch } from "../batches.js";

export const createAddMemberBatch = tool({
  name: "tg_create_add_member_batch",
  title: "New batch: add a member",
  description:
    "Makes a batch that adds one person to many chats, under one approval. Finds the chats; changes nothing.",
  input: z.strictObject({
    user,
    groups: z.array(group).min(1).max(10_000),
    ...batchOptions,
  }),
  output: batchOutput,
  annotations: ADDS,
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    const { batches } = (await client()).actions;
    const batch = await batches.addMember({ user: input.user, groups: input.groups, ...optionsOf(input, signal) });
    return showBatch(batch, roomChars);
  },
});
