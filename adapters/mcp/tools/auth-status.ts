import { z } from "zod";
import { READS } from "../annotations.js";
import { defined } from "../defined.js";
import type { ServerContext } from "../context.js";
import { tool } from "../tool.js";
import { nameText } from "../words.js";

export const authStatus = tool({
  name: "tg_auth_status",
  title: "Login status",
  description: "Whether Telegram accepts the session, and whose it is. One request.",
  input: z.strictObject({}),
  output: z.object({
    authorized: z.boolean(),
    session_name: z
      .string()
      .regex(/^[\w.-]+$/)
      .optional(),
    account: z.object({ id: z.int(), username: nameText().optional(), first_name: nameText().optional() }).optional(),
    error: z
      .string()
      .regex(/^[a-z_]+$/)
      .optional()
      .describe("Why it is not accepted: a code."),
    next_step: z.literal("tg-guarded login").optional(),
  }),
  annotations: READS,
  async run({ client }: ServerContext, _input, { signal }) {
    const { authorized, session, account, error } = await (await client()).read.authStatus({ signal });
    return defined({
      authorized,
      session_name: session.name,
      account: account && defined({ id: account.id, username: account.username, first_name: account.firstName }),
      error: error?.code,
      next_step: error && ("tg-guarded login" as const),
    });
  },
});
