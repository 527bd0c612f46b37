import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { SETS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey, user } from "../parameters.js";
import { keyed } from "../placed.js";

export const addMember = tool({
  name: "tg_add_member_to_group",
  title: "Add a member",
  description:
    "Adds somebody to a group, supergroup or channel; unchanged where he is in it already. Previews by default.",
  input: z.strictObject({
    group,
    user,
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), user_id: z.int() })),
  annotations: SETS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ addMember }) => write(addMember, { chat: input.group, user: input.user, ...keyed(input) }),
      ({ chatId, userId }) => ({ chat_id: chatId, user_id: userId }),
    ),
});
