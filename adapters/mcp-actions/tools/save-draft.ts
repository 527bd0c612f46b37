import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { DESTROYS } from "../annotations.js";
import { outcomeOutput, showOutcome } from "../outcome.js";
import { draftPlacement, parseMode } from "../parameters.js";

export const saveDraft = tool({
  name: "tg_save_draft",
  title: "Leave a draft",
  description:
    "Leaves a text in a chat's input field, for the person to read, change and send. Nobody else sees it, so nobody has to approve it.",
  input: z.strictObject({
    group,
    text: z.string().trim().min(1).max(16_384),
    parse_mode: parseMode,
    ...draftPlacement,
    replace: z.boolean().default(false).describe("Also in place of a text that somebody has begun there."),
  }),
  output: outcomeOutput(z.object({ chat_id: z.int() })),
  annotations: DESTROYS,
  async run({ client }: ServerContext, input, { signal }) {
    const { group: chat, text, parse_mode: formatting, reply_to: replyTo, topic, replace } = input;
    const draft = { chat, text, replace, ...defined({ formatting, replyTo, topic }) };
    const outcome = await (await client()).actions.saveDraft(draft, { signal });
    return showOutcome(outcome, ({ chatId }) => ({ chat_id: chatId }));
  },
});
