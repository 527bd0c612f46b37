import { z } from "zod";
import { defined } from "../../mcp/defined.js";
import { group } from "../../mcp/parameters.js";
import { SETS } from "../annotations.js";
import { write } from "../carry-out.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const joinChat = writeTool({
  name: "tg_join_chat",
  title: "Join a chat",
  description:
    "Joins a supergroup or channel, or what an invite link leads to; unchanged for a member. Previews by default.",
  input: {
    group: group.describe("A supergroup or channel by @username or id, or an invite link: https://t.me/+…"),
  },
  result: {
    chat_id: z.int().optional(),
    requested: z.boolean().describe("An admin has to let the account in first."),
  },
  annotations: SETS,
  write: ({ joinChat }, input) => write(joinChat, { chat: input.group, ...keyed(input) }),
  show: ({ chatId, requested }) => defined({ chat_id: chatId, requested }),
});
