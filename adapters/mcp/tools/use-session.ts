import { z } from "zod";
import type { ServerContext } from "../context.js";
import { defined } from "../defined.js";
import { sessionName } from "../session-name.js";
import { tool } from "../tool.js";
import { nameText } from "../words.js";

export const useSession = tool({
  name: "tg_use_session",
  title: "Switch the session",
  description:
    "Goes on with another session, for everybody who uses this server. Refused unless a person has allowed it.",
  input: z.strictObject({ session_name: sessionName }),
  output: z.object({
    switched_to: sessionName,
    account: z.object({ id: z.int(), username: nameText().optional(), first_name: nameText().optional() }),
  }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  async run({ client, sessions }: ServerContext, input, { signal }) {
    await sessions.use(input.session_name);
    const { id, username, firstName } = await (await client()).read.me({ signal });
    return { switched_to: input.session_name, account: defined({ id, username, first_name: firstName }) };
  },
});
