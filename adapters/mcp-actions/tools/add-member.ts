import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { SETS } from "../annotations.js";
import { write } from "../carry-out.js";
import { user } from "../parameters.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const addMember = writeTool({
  name: "tg_add_member_to_group",
  title: "Add a member",
  description:
    "Adds somebody to a group, supergroup or channel; unchanged where he is in it already. Previews by default.",
  input: {
    group,
    user,
  },
  result: { chat_id: z.int(), user_id: z.int() },
  annotations: SETS,
  write: ({ addMember }, input) => write(addMember, { chat: input.group, user: input.user, ...keyed(input) }),
  show: ({ chatId, userId }) => ({ chat_id: chatId, user_id: userId }),
});
