import type { ServerContext } from "../mcp/context.js";
import type { Tool } from "../mcp/tool.js";
import { SHARED_TOOLS } from "../mcp/tools/index.js";
import { addMember } from "./tools/add-member.js";
import { approveBatch } from "./tools/approve-batch.js";
import { cancelBatch } from "./tools/cancel-batch.js";
import { clearHistory } from "./tools/clear-history.js";
import { createAddMemberBatchFromReport } from "./tools/create-add-member-batch-from-report.js";
import { createAddMemberBatch } from "./tools/create-add-member-batch.js";
import { createDeleteMessagesBatchFromManifest } from "./tools/create-delete-messages-batch-from-manifest.js";
import { createLeaveDialogBatchFromCandidates } from "./tools/create-leave-dialog-batch-from-candidates.js";
import { deleteMessages } from "./tools/delete-messages.js";
import { editMessage } from "./tools/edit-message.js";
import { forwardMessages } from "./tools/forward-messages.js";
import { getActionsPolicy } from "./tools/get-actions-policy.js";
import { getBatchStatus } from "./tools/get-batch-status.js";
import { joinChat } from "./tools/join-chat.js";
import { leaveDialog } from "./tools/leave-dialog.js";
import { listBatches } from "./tools/list-batches.js";
import { markRead } from "./tools/mark-read.js";
import { migrateMember } from "./tools/migrate-member.js";
import { pinMessage } from "./tools/pin-message.js";
import { react } from "./tools/react.js";
import { removeMember } from "./tools/remove-member.js";
import { resumeAction } from "./tools/resume-action.js";
import { runAddMemberBatch } from "./tools/run-add-member-batch.js";
import { runDeleteMessagesBatch } from "./tools/run-delete-messages-batch.js";
import { runLeaveDialogBatch } from "./tools/run-leave-dialog-batch.js";
import { saveDraft } from "./tools/save-draft.js";
import { sendFile } from "./tools/send-file.js";
import { sendMessage } from "./tools/send-message.js";

/** All tools of the actions server. */
export const ACTION_TOOLS: readonly Tool<ServerContext>[] = [
  ...SHARED_TOOLS,
  addMember,
  approveBatch,
  cancelBatch,
  clearHistory,
  createAddMemberBatchFromReport,
  createAddMemberBatch,
  createDeleteMessagesBatchFromManifest,
  createLeaveDialogBatchFromCandidates,
  deleteMessages,
  editMessage,
  forwardMessages,
  getActionsPolicy,
  getBatchStatus,
  joinChat,
  leaveDialog,
  listBatches,
  markRead,
  migrateMember,
  pinMessage,
  react,
  removeMember,
  resumeAction,
  runAddMemberBatch,
  runDeleteMessagesBatch,
  runLeaveDialogBatch,
  saveDraft,
  sendFile,
  sendMessage,
];
