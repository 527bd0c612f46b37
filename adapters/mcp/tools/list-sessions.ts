import { z } from "zod";
import type { ServerContext } from "../context.js";
import { defined } from "../defined.js";
import { sessionName } from "../session-name.js";
import { tool } from "../tool.js";

export const listSessions = tool({
  name: "tg_list_sessions",
  title: "Sessions",
  description: "The sessions that there are, and which is in use. Sends nothing.",
  input: z.strictObject({}),
  output: z.object({ sessions: z.array(sessionName), current: sessionName.optional() }),
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
  async run({ sessions }: ServerContext) {
    const [names, current] = await Promise.all([sessions.list(), sessions.current()]);
    return defined({ sessions: [...names], current });
  },
});
