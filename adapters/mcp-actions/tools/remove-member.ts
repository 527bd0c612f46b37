import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { DESTROYS } from "../annotations.js";
import { write } from "../carry-out.js";
import { user } from "../parameters.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const removeMember = writeTool({
  name: "tg_remove_member_from_group",
  title: "Remove a member",
  description:
    "Removes somebody from a group, supergroup or channel; he can come back. Unchanged where he is not in it. Previews by default.",
  input: {
    group,
    user,
  },
  result: { chat_id: z.int(), user_id: z.int() },
  annotations: DESTROYS,
  write: ({ removeMember }, input) => write(removeMember, { chat: input.group, user: input.user, ...keyed(input) }),
  show: ({ chatId, userId }) => ({ chat_id: chatId, user_id: userId }),
});
