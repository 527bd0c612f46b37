import { DESTROYS } from "../annotations.js";
import { runTool } from "../run-batch.js";

export const runDeleteMessagesBatch = runTool({
  name: "tg_run_delete_messages_batch",
  title: "Run a batch: delete messages",
  operation: "deleteMessages",
  annotations: DESTROYS,
});
