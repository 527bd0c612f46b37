import { DESTROYS } from "../annotations.js";
import { runTool } from "../run-batch.js";

export const runLeaveDialogBatch = runTool({
  name: "tg_run_leave_dialog_batch",
  title: "Run a batch: leave chats",
  operation: "leaveDialog",
  annotations: DESTROYS,
});
