import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { SETS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey } from "../parameters.js";
import { keyed } from "../placed.js";

export const joinChat = tool({
  name: "tg_join_chat",
  title: "Join a chat",
  description:
    "Joins a supergroup or channel, or what an invite link leads to; unchanged for a member. Previews by default.",
  input: z.strictObject({
    group: group.describe("A supergroup or channel by @username or id, or an invite link: https://t.me/+…"),
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(
    z.object({
      chat_id: z.int().optional(),
      requested: z.boolean().describe("An admin has to let the account in first."),
    }),
  ),
  annotations: SETS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ joinChat }) => write(joinChat, { chat: input.group, ...keyed(input) }),
      ({ chatId, requested }) => defined({ chat_id: chatId, requested }),
    ),
});
