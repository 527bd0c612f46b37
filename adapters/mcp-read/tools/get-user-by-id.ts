import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { showUser, userSchema } from "../../mcp/people.js";
import { tool } from "../../mcp/tool.js";

export const getUserById = tool({
  name: "tg_get_user_by_id",
  title: "A person by id",
  description: "A person or bot that this account has met. Flags that do not hold are left out. One request.",
  input: z.strictObject({ user_id: z.int().min(1) }),
  output: userSchema,
  annotations: READS,
  run: async ({ client }: ServerContext, { user_id }, { signal }) =>
    showUser(await (await client()).read.userById(user_id, { signal })),
});
