import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { DESTROYS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey, user } from "../parameters.js";
import { keyed } from "../placed.js";

export const removeMember = tool({
  name: "tg_remove_member_from_group",
  title: "Remove a member",
  description:
    "Removes somebody from a group, supergroup or channel; he can come back. Unchanged where he is not in it. Previews by default.",
  input: z.strictObject({
    group,
    user,
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), user_id: z.int() })),
  annotations: DESTROYS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ removeMember }) => write(removeMember, { chat: input.group, user: input.user, ...keyed(input) }),
      ({ chatId, userId }) => ({ chat_id: chatId, user_id: userId }),
    ),
});
