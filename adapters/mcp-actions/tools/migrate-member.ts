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

export const migrateMember = tool({
  name: "tg_migrate_member",
  title: "Replace a member",
  description: "Adds the new member and, only once that succeeded, removes the old one. Previews by default.",
  input: z.strictObject({
    group,
    old_user: user,
    new_user: user,
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), old_user_id: z.int(), new_user_id: z.int() })),
  annotations: DESTROYS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ migrateMember }) =>
        write(migrateMember, { chat: input.group, oldUser: input.old_user, newUser: input.new_user, ...keyed(input) }),
      ({ chatId, oldUserId, newUserId }) => ({ chat_id: chatId, old_user_id: oldUserId, new_user_id: newUserId }),
    ),
});
