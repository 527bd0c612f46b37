import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { DESTROYS } from "../annotations.js";
import { write } from "../carry-out.js";
import { user } from "../parameters.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const migrateMember = writeTool({
  name: "tg_migrate_member",
  title: "Replace a member",
  description: "Adds the new member and, only once that succeeded, removes the old one. Previews by default.",
  input: {
    group,
    old_user: user,
    new_user: user,
  },
  result: { chat_id: z.int(), old_user_id: z.int(), new_user_id: z.int() },
  annotations: DESTROYS,
  write: ({ migrateMember }, input) =>
    write(migrateMember, { chat: input.group, oldUser: input.old_user, newUser: input.new_user, ...keyed(input) }),
  show: ({ chatId, oldUserId, newUserId }) => ({ chat_id: chatId, old_user_id: oldUserId, new_user_id: newUserId }),
});
