import { actionOf, type Action } from "./action.js";
import type { BatchesApi } from "./batches/batches-api.js";
import type { Lifecycle } from "./lifecycle.js";
import { addMember, type ChangedMember, type MemberInput } from "./operations/add-member.js";
import { clearHistory, type ClearedHistory, type ClearHistoryInput } from "./operations/clear-history.js";
import { deleteMessages, type DeletedMessages, type DeleteMessagesInput } from "./operations/delete-messages.js";
import { editMessage, type EditedMessage, type EditMessageInput } from "./operations/edit-message.js";
import { forwardMessages, type ForwardedMessages, type ForwardMessagesInput } from "./operations/forward-messages.js";
import { joinChat, type JoinChatInput, type JoinedChat } from "./operations/join-chat.js";
import { leaveDialog, type LeaveDialogInput, type LeftDialog } from "./operations/leave-dialog.js";
import { markRead, type MarkedRead, type MarkReadInput } from "./operations/mark-read.js";
import { migrateMember, type MigratedMember, type MigrateMemberInput } from "./operations/migrate-member.js";
import { pinMessage, type PinMessageInput, type PinnedMessage } from "./operations/pin-message.js";
import { react, type Reacted, type ReactInput } from "./operations/react.js";
import { removeMember } from "./operations/remove-member.js";
import { sendFile, type SendFileInput } from "./operations/send-file.js";
import { saveDraft, type SaveDraftInput, type SavedDraft } from "./operations/save-draft.js";
import { sendMessage, type SendMessageInput, type SentMessage } from "./operations/send-message.js";
import type { ActionsPolicy } from "./policy.js";
import { policyReport, type PolicyReport } from "./policy-report.js";
import type { ActionCallOptions, Done, Gate, Outcome, Unchanged } from "./shapes.js";

/** In more groups, supergroups and channels the account joins no further one. */
const MAX_GROUPS = 200;

/** Everything one can change, each step approved. Without a gate a call previews and sends nothing. */
export class ActionsApi {
  /**
   * Sends the text, exactly once for each approval, whatever breaks in between.
   *
   * Errors: `write_denied`, `policy_refused`, `confirmation_required`, `confirmation_text_invalid`, `approval_locked`,
   * `approval_needs_terminal`, `approval_invalid`, `approval_too_early`, `approval_expired`, `approval_rejected`,
   * `already_done`, `action_in_progress`, `outcome_unknown`, `not_allowed`, `chat_not_found`, `input_invalid`, and those
   * of every call.
   */
  readonly sendMessage: Action<SendMessageInput, SentMessage>;
  /**
   * Sends a file of the allowed folders (`files.roots`), as a document or a photo, exactly once and exactly what was
   * previewed: what leaves is hashed on its way. To a known chat a preview takes at most 2 requests, the execution at most
   * 2 beside one for each 512 KB of the file.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `path_not_allowed`, `file_unavailable`, `file_too_large`.
   */
  readonly sendFile: Action<SendFileInput, SentMessage>;
  /**
   * Changes the text of a message of one's own. Refused where it was edited since the preview.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  readonly editMessage: Action<EditMessageInput, EditedMessage>;
  /**
   * Deletes up to 100 messages.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  readonly deleteMessages: Action<DeleteMessagesInput, DeletedMessages>;
  /**
   * Passes on up to 100 messages, exactly once. Both chats must be on the allowlist; an edited message is refused.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  readonly forwardMessages: Action<ForwardMessagesInput, ForwardedMessages>;
  /**
   * Leaves a group, supergroup or channel. The creator cannot: `telegram_error` USER_CREATOR.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  readonly leaveDialog: Action<LeaveDialogInput, LeftDialog>;
  /**
   * Adds somebody to a group, supergroup or channel; `unchanged` where he is in it already. Somebody whose settings forbid it is
   * `telegram_error` USER_PRIVACY_RESTRICTED.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  readonly addMember: Action<MemberInput, ChangedMember>;
  /**
   * Removes somebody, who can come back; `unchanged` where he is not in it.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  readonly removeMember: Action<MemberInput, ChangedMember>;
  /**
   * Adds the new member, and only once that succeeded removes the old one.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  readonly migrateMember: Action<MigrateMemberInput, MigratedMember>;
  /**
   * Clears a chat's history up to the message that was the newest at the preview.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  readonly clearHistory: Action<ClearHistoryInput, ClearedHistory>;
  /**
   * Joins a supergroup or channel, or whatever an invite link leads to; `unchanged` for a member.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `too_many_groups`.
   */
  readonly joinChat: Action<JoinChatInput, JoinedChat>;
  /**
   * Pins or unpins a message for everybody; `unchanged` where it is so already.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  readonly pinMessage: Action<PinMessageInput, PinnedMessage>;
  /**
   * Gives a message one reaction in place of what it had from this account, or takes that back.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  readonly react: Action<ReactInput, Reacted>;
  /**
   * Marks a chat as read, which in a private chat the other one sees.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  readonly markRead: Action<MarkReadInput, MarkedRead>;
  /** Many writes of one kind under one approval. */
  readonly batches: BatchesApi;
  readonly #lifecycle: Lifecycle;
  readonly #policy: ActionsPolicy;

  constructor(lifecycle: Lifecycle, policy: ActionsPolicy, batches: BatchesApi, maxGroups = MAX_GROUPS) {
    this.#lifecycle = lifecycle;
    this.#policy = policy;
    this.batches = batches;
    this.sendMessage = actionOf(lifecycle, sendMessage);
    this.sendFile = actionOf(lifecycle, sendFile);
    this.editMessage = actionOf(lifecycle, editMessage);
    this.deleteMessages = actionOf(lifecycle, deleteMessages);
    this.forwardMessages = actionOf(lifecycle, forwardMessages);
    this.leaveDialog = actionOf(lifecycle, leaveDialog);
    this.addMember = actionOf(lifecycle, addMember);
    this.removeMember = actionOf(lifecycle, removeMember);
    this.migrateMember = actionOf(lifecycle, migrateMember);
    this.clearHistory = actionOf(lifecycle, clearHistory);
    this.joinChat = actionOf(lifecycle, joinChat(maxGroups));
    this.pinMessage = actionOf(lifecycle, pinMessage);
    this.react = actionOf(lifecycle, react);
    this.markRead = actionOf(lifecycle, markRead);
  }

  /** All gates and limits, what is unsafe or weak, why actions are off if they are, and how to write. Sends nothing. */
  policy(): PolicyReport {
    return policyReport(this.#policy);
  }

  /**
   * Leaves a text in the chat's input field, for the person to read, change and send. Nobody else sees it, so it needs no
   * approval; the allowlist and the limits hold. A text that the person has begun there is not touched. At most two
   * requests for a known chat.
   *
   * Errors: `write_denied`, `policy_refused`, `not_allowed`, `name_moved`, `draft_exists`, `chat_not_found`,
   * `input_invalid`, `audit_broken`, and those of every call.
   */
  saveDraft(input: SaveDraftInput, options: ActionCallOptions = {}): Promise<Done<SavedDraft> | Unchanged> {
    return this.#lifecycle.unapproved(saveDraft, input, options);
  }

  /**
   * Goes on with an action that this client previewed or called: after the operator decided, or after an outcome that
   * nobody knows. Another client makes the same call again instead, which does the same.
   *
   * Errors: `action_unknown`, and those of the action.
   */
  resume(actionId: string, gate: Partial<Gate> = {}, options: ActionCallOptions = {}): Promise<Outcome<unknown>> {
    return this.#lifecycle.resume(actionId, { confirm: true, ...gate }, options);
  }
}
