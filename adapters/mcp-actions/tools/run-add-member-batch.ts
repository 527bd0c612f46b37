import { SETS } from "../annotations.js";
import { runTool } from "../run-batch.js";

export const runAddMemberBatch = runTool({
  name: "tg_run_add_member_batch",
  title: "Run a batch: add a member",
  operation: "addMember",
  annotations: SETS,
});
