import type { Listing, Message } from "tg-guarded";
import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { listingOptions, listMessages, messageList } from "../../mcp/message-list.js";
import { fields } from "../../mcp/messages.js";
import { cursor, group, limit, moment, searched } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";

export const searchMessages = tool({
  name: "tg_search_messages",
  title: "Find messages",
  description:
    "The messages with these words, of one chat or of all, newest first. Telegram decides what matches. One request for each 100.",
  input: z.strictObject({
    query: searched,
    group: group.optional().describe("One chat: @username, numeric id, or exact title. Without it, all chats."),
    from_user: group.optional().describe("Only messages of this person, bot or channel. Needs a group."),
    since: moment.optional(),
    until: moment.optional(),
    limit: limit(50),
    cursor,
    fields,
  }),
  output: z.object(messageList),
  annotations: READS,
  async run({ client }: ServerContext, input, call) {
    if (input.group === undefined && input.from_user !== undefined) throw await needsGroup();
    const { read } = await client();
    const { markdown, includeService, signal, ...from } = listingOptions(input, call);
    const shared = {
      ...from,
      markdown,
      signal,
      limit: input.limit,
      ...defined({ since: input.since, until: input.until }),
    };
    const listing: Listing<Message> =
      input.group === undefined
        ? read.searchAll(input.query, shared)
        : read.search(input.group, input.query, {
            ...shared,
            includeService,
            ...defined({ fromUser: input.from_user }),
          });
    return listMessages(listing, { ...input, withChat: input.group === undefined }, call);
  },
});

async function needsGroup(): Promise<Error> {
  const { GuardError } = await import("tg-guarded");
  return new GuardError("input_invalid", "The argument from_user needs a group.", {
    details: { path: "from_user" },
    nextStep: "Name the group, or leave from_user out.",
  });
}
