import type { GuardedClient, Watch } from "tg-guarded";
import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { fields, messageSchema, showMessage } from "../../mcp/messages.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { waitFor } from "../../mcp/wait.js";
import { WATCH_CURSOR, watchCursorsOf } from "../../mcp/watch-cursors.js";

const input = z.strictObject({
  groups: z
    .array(group)
    .min(1)
    .max(50)
    .optional()
    .describe("Only these chats: @username, numeric id, or exact title. Without it, all chats."),
  timeout_seconds: z.int().min(1).max(300).default(30),
  max_messages: z.int().min(1).max(100).default(20),
  include_own: z.boolean().default(false).describe("What this account writes itself, too."),
  cursor: z
    .string()
    .regex(WATCH_CURSOR, "is not a cursor of tg_wait_for_messages")
    .max(1000)
    .optional()
    .describe("cursor of an earlier answer for the same groups: nothing that came since is missed."),
  fields,
});

export const waitForMessages = tool({
  name: "tg_wait_for_messages",
  title: "Wait for messages",
  description:
    "Waits for new messages, and answers a second after the first one, or with none when the time is over. Call again with cursor to go on. To begin takes one or two requests for each 100 chats, waiting none.",
  input,
  output: z.object({
    count: z.int(),
    messages: z.array(messageSchema).describe("Oldest first."),
    cursor: z.string().regex(WATCH_CURSOR).optional().describe("Goes on after these, without a gap."),
  }),
  annotations: READS,
  async run(context: ServerContext, input, call) {
    const client = await context.client();
    const cursors = watchCursorsOf(context);
    const from = input.cursor === undefined ? undefined : cursors.fromShown(input.cursor);
    if (input.cursor !== undefined && from === undefined) throw await notKnown();
    const options = {
      markdown: input.fields.includes("markdown"),
      includeService: input.fields.includes("service"),
      includeOwn: input.include_own,
      ...defined({ from }),
    };
    const begin = await watcher(client);
    const { items, cursor } = await waitFor(
      {
        open: (signal) => begin(input.groups ?? "all", { ...options, signal }),
        show: showMessage(input.fields, { withChat: true }),
        timeoutMs: input.timeout_seconds * 1000,
        most: input.max_messages,
      },
      call,
    );
    return defined({
      count: items.length,
      messages: [...items],
      cursor: cursor === undefined ? undefined : cursors.toShown(cursor),
    });
  },
});

/** The package names its own option; whoever runs a server has a variable for it. */
async function watcher({ read }: GuardedClient): Promise<GuardedClient["read"]["watch"]> {
  const { GuardError, isGuardError } = await import("tg-guarded");
  return (chats, options): Watch => {
    try {
      return read.watch(chats, options);
    } catch (error) {
      if (!isGuardError(error, "input_invalid") || error.details.path !== "receiveUpdates") throw error;
      throw new GuardError("input_invalid", "This server receives no updates, so it cannot wait for messages.", {
        details: { path: "TG_RECEIVE_UPDATES" },
        nextStep:
          "A person can set TG_RECEIVE_UPDATES=1 for this server. Until then look with tg_get_messages and min_id now and then.",
        cause: error,
      });
    }
  };
}

async function notKnown(): Promise<Error> {
  const { GuardError } = await import("tg-guarded");
  const message =
    "That cursor is not known any more. Read what was missed with tg_get_messages_since, and wait without a cursor.";
  return new GuardError("input_invalid", message, {
    details: { path: "cursor" },
    nextStep: "Wait without a cursor.",
  });
}
