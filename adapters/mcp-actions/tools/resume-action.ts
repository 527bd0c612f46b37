import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { tool } from "../../mcp/tool.js";
import { isoTime } from "../../mcp/words.js";
import { DESTROYS } from "../annotations.js";
import { whileAsking } from "../asking.js";
import { gateOf, gatesToResume } from "../gates.js";
import { actionIdParameter, outcomeOutput, showOutcome } from "../outcome.js";

/** What any of the writes may have done, in the words of the package. */
const anyResult = z
  .object({
    chatId: z.int(),
    messageId: z.int(),
    messageIds: z.array(z.int()),
    userId: z.int(),
    oldUserId: z.int(),
    newUserId: z.int(),
    maxId: z.int(),
    date: z.string(),
    batchId: z.string(),
    approvedUntil: z.string(),
  })
  .partial();

const shownResult = z
  .object({
    chat_id: z.int(),
    message_id: z.int(),
    message_ids: z.array(z.int()),
    user_id: z.int(),
    old_user_id: z.int(),
    new_user_id: z.int(),
    max_id: z.int(),
    date: isoTime(),
    batch_id: z.string().regex(/^bat_[0-9a-f]{16}$/),
    approved_until: isoTime(),
  })
  .partial();

export const resumeAction = tool({
  name: "tg_resume_action",
  title: "Go on with a write",
  description:
    "Goes on with a write that this server has previewed or called: after awaiting_approval, or after an outcome that nobody knows. It cannot be done twice.",
  input: z.strictObject({ action_id: actionIdParameter, ...gatesToResume }),
  output: outcomeOutput(shownResult),
  annotations: DESTROYS,
  async run({ client }: ServerContext, input, call) {
    const { actions } = await client();
    const { signal } = call;
    const outcome = await whileAsking(call, () => actions.resume(input.action_id, gateOf(input), { signal }));
    return showOutcome(outcome, show);
  },
});

function show(result: unknown): z.input<typeof shownResult> {
  const known = anyResult.parse(result);
  return defined({
    chat_id: known.chatId,
    message_id: known.messageId,
    message_ids: known.messageIds,
    user_id: known.userId,
    old_user_id: known.oldUserId,
    new_user_id: known.newUserId,
    max_id: known.maxId,
    date: known.date,
    batch_id: known.batchId,
    approved_until: known.approvedUntil,
  });
}
