import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { DESTROYS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey } from "../parameters.js";
import { keyed } from "../placed.js";

export const leaveDialog = tool({
  name: "tg_leave_dialog",
  title: "Leave a chat",
  description: "Leaves a group, supergroup or channel. There may be no way back. Previews by default.",
  input: z.strictObject({
    group,
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int() })),
  annotations: DESTROYS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ leaveDialog }) => write(leaveDialog, { chat: input.group, ...keyed(input) }),
      ({ chatId }) => ({ chat_id: chatId }),
    ),
});
