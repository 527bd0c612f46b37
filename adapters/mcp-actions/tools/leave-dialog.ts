import { z } from "zod";
import { group } from "../../mcp/parameters.js";
import { DESTROYS } from "../annotations.js";
import { write } from "../carry-out.js";
import { keyed } from "../placed.js";
import { writeTool } from "../write-tool.js";

export const leaveDialog = writeTool({
  name: "tg_leave_dialog",
  title: "Leave a chat",
  description: "Leaves a group, supergroup or channel. There may be no way back. Previews by default.",
  input: {
    group,
  },
  result: { chat_id: z.int() },
  annotations: DESTROYS,
  write: ({ leaveDialog }, input) => write(leaveDialog, { chat: input.group, ...keyed(input) }),
  show: ({ chatId }) => ({ chat_id: chatId }),
});
