import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { group, messageId } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { DESTROYS } from "../annotations.js";
import { carryOut, write } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { idempotencyKey } from "../parameters.js";
import { keyed } from "../placed.js";

export const react = tool({
  name: "tg_react",
  title: "React to a message",
  description:
    "Gives a message one reaction in place of what it had from this account, or takes it back. Previews by default.",
  input: z.strictObject({
    group,
    message_id: messageId,
    emoji: z
      .string()
      .trim()
      .min(1)
      .max(32)
      .nullable()
      .describe("One that Telegram offers; null takes the reaction back."),
    idempotency_key: idempotencyKey,
    ...gates(true),
  }),
  output: writeOutput(z.object({ chat_id: z.int(), message_id: z.int() })),
  annotations: DESTROYS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      ({ react }) =>
        write(react, { chat: input.group, messageId: input.message_id, emoji: input.emoji, ...keyed(input) }),
      ({ chatId, messageId }) => ({ chat_id: chatId, message_id: messageId }),
    ),
});
