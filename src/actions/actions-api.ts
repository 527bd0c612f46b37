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

/**
 * Everything one can change, each step approved. Without a gate a call previews and sends nothing.
 *
 * @example
 * ```ts
 * const preview = await client.actions.sendMessage({ chat: "@tidewater_lab", text: "Low tide at noon." });
 * console.log(preview.summary, preview.warnings); // nothing was sent
 * const outcome = await preview.execute(); // asks whoever approves
 * if (outcome.status === "done") console.log(outcome.result.messageId);
 * ```
 */
export class ActionsApi {
  /**
   * Sends the text, exactly once for each approval, whatever breaks in between.
   *
   * Errors: `write_denied`, `policy_refused`, `confirmation_required`, `confirmation_text_invalid`, `approval_locked`,
   * `approval_needs_terminal`, `approval_invalid`, `approval_too_early`, `approval_expired`, `approval_rejected`,
   * `already_done`, `action_in_progress`, `outcome_unknown`, `not_allowed`, `not_a_member`, `name_moved`,
   * `chat_not_found`, `chat_ambiguous`, `audit_broken`, `file_error`, `input_invalid` (also for a `schedule` that has
   * passed), and those of every call ({@link GuardError}).
   *
   * @example
   * ```ts
   * const input = { chat: "@tidewater_lab", text: "**High tide** at six", formatting: "markdown", silent: true } as const;
   * const { summary } = await client.actions.sendMessage(input); // a preview
   * const outcome = await client.actions.sendMessage(input, { confirm: true }); // sends
   * ```
   */
  readonly sendMessage: Action<SendMessageInput, SentMessage>;
  /**
   * Sends a file of the allowed folders (`files.roots`), as a document or a photo, exactly once and exactly what was
   * previewed: what leaves is hashed on its way. To a known chat a preview takes at most 2 requests, the execution at most
   * 2 beside one for each 512 KB of the file.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `path_not_allowed`, `file_unavailable`, `file_too_large`.
   *
   * @example
   * ```ts
   * const preview = await client.actions.sendFile({ chat: "@tidewater_lab", path: "plan.txt", caption: "The plan" });
   * console.log(preview.files?.[0]?.sha256);
   * await preview.execute();
   * ```
   */
  readonly sendFile: Action<SendFileInput, SentMessage>;
  /**
   * Changes the text of a message of one's own. Where it was edited since the preview, that is `approval_invalid`.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   *
   * @example
   * ```ts
   * const chat = "@tidewater_lab";
   * const sent = await client.actions.sendMessage({ chat, text: "Low tide at ten" }, { confirm: true });
   * if (sent.status === "done") {
   *   const { messageId } = sent.result;
   *   await client.actions.editMessage({ chat, messageId, text: "Low tide at eleven" }, { confirm: true });
   * }
   * ```
   */
  readonly editMessage: Action<EditMessageInput, EditedMessage>;
  /**
   * Deletes up to 100 messages. Where one was edited since the preview, that is `approval_invalid`.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   *
   * @example
   * ```ts
   * const own = await client.read.messages("@tidewater_lab", { fromUser: "me", limit: 2 }).toArray();
   * const preview = await client.actions.deleteMessages({ chat: "@tidewater_lab", messageIds: own.map(({ id }) => id) });
   * console.log(preview.summary); // whose they are, and how they begin
   * await preview.execute();
   * ```
   */
  readonly deleteMessages: Action<DeleteMessagesInput, DeletedMessages>;
  /**
   * Passes on up to 100 messages, exactly once. Both chats must be on the allowlist. Where a message was edited since
   * the preview, that is `approval_invalid`.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   *
   * @example
   * ```ts
   * const preview = await client.actions.forwardMessages({ from: "@tidewater_lab", to: "me", messageIds: [1, 2] });
   * for (const { by, text } of preview.messages ?? []) console.log(by, text);
   * await preview.execute();
   * ```
   */
  readonly forwardMessages: Action<ForwardMessagesInput, ForwardedMessages>;
  /**
   * Leaves a group, supergroup or channel. The creator cannot: `telegram_error` USER_CREATOR.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   *
   * @example
   * ```ts
   * await (await client.actions.leaveDialog({ chat: "@night_watch" })).execute();
   * ```
   */
  readonly leaveDialog: Action<LeaveDialogInput, LeftDialog>;
  /**
   * Adds somebody to a group, supergroup or channel; `unchanged` where he is in it already. Somebody whose settings forbid it is
   * `telegram_error` USER_PRIVACY_RESTRICTED.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   *
   * @example
   * ```ts
   * const preview = await client.actions.addMember({ chat: "@tidewater_lab", user: "@liv_paints" });
   * const outcome = await preview.execute();
   * if (outcome.status === "unchanged") console.log(outcome.reason);
   * ```
   */
  readonly addMember: Action<MemberInput, ChangedMember>;
  /**
   * Removes somebody, who can come back; `unchanged` where he is not in it.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   *
   * @example
   * ```ts
   * const outcome = await client.actions.removeMember({ chat: "@tidewater_lab", user: "@liv_paints" }, { confirm: true });
   * ```
   */
  readonly removeMember: Action<MemberInput, ChangedMember>;
  /**
   * Adds the new member, and only once that succeeded removes the old one.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   *
   * @example
   * ```ts
   * const input = { chat: "@tidewater_lab", oldUser: "@jonas_lq", newUser: "@liv_paints" };
   * const { summary } = await client.actions.migrateMember(input);
   * ```
   */
  readonly migrateMember: Action<MigrateMemberInput, MigratedMember>;
  /**
   * Clears a chat's history up to the message that was the newest at the preview.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   *
   * @example
   * ```ts
   * const { summary, warnings } = await client.actions.clearHistory({ chat: "@tide_tables_bot", revoke: false });
   * ```
   */
  readonly clearHistory: Action<ClearHistoryInput, ClearedHistory>;
  /**
   * Joins a supergroup or channel, or whatever an invite link leads to; `unchanged` for a member.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `too_many_groups`.
   *
   * @example
   * ```ts
   * const outcome = await client.actions.joinChat({ chat: "@tide_talk" }, { confirm: true });
   * console.log(outcome.status); // unchanged: it is in there already
   * ```
   */
  readonly joinChat: Action<JoinChatInput, JoinedChat>;
  /**
   * Pins or unpins a message for everybody; `unchanged` where it is so already.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   *
   * @example
   * ```ts
   * await client.actions.pinMessage({ chat: "@tidewater_lab", messageId: 420 }, { confirm: true });
   * ```
   */
  readonly pinMessage: Action<PinMessageInput, PinnedMessage>;
  /**
   * Gives a message one reaction in place of what it had from this account, or takes that back.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   *
   * @example
   * ```ts
   * await client.actions.react({ chat: "@tidewater_lab", messageId: 420, emoji: "👍" }, { confirm: true });
   * ```
   */
  readonly react: Action<ReactInput, Reacted>;
  /**
   * Marks a chat as read, which in a private chat the other one sees.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   *
   * @example
   * ```ts
   * await client.actions.markRead({ chat: "@tidewater_lab" }, { confirm: true });
   * ```
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

  /**
   * All gates and limits, what is unsafe or weak, why actions are off if they are, and how to write. Sends nothing.
   *
   * @example
   * ```ts
   * const { enabled, blockReason, approver } = client.actions.policy();
   * ```
   */
  policy(): PolicyReport {
    return policyReport(this.#policy);
  }

  /**
   * Leaves a text in the chat's input field, for the person to read, change and send. Nobody else sees it, so it needs no
   * approval; the allowlist and the limits hold. A text that the person has begun there is not touched. At most two
   * requests for a known chat.
   *
   * Errors: `write_denied`, `policy_refused`, `not_allowed`, `not_a_member`, `name_moved`, `draft_exists`,
   * `chat_not_found`, `chat_ambiguous`, `input_invalid`, `audit_broken`, `file_error`, and those of every call
   * ({@link GuardError}).
   *
   * @example
   * ```ts
   * await client.actions.saveDraft({ chat: "@liv_paints", text: "Dear Liv" });
   * ```
   */
  saveDraft(input: SaveDraftInput, options: ActionCallOptions = {}): Promise<Done<SavedDraft> | Unchanged> {
    return this.#lifecycle.unapproved(saveDraft, input, options);
  }

  /**
   * Goes on with an action that this client previewed or called: after the operator decided, or after an outcome that
   * nobody knows. Another client makes the same call again instead, which does the same.
   *
   * Errors: `action_unknown`, and those of the action.
   *
   * @example
   * ```ts
   * const { actionId } = await client.actions.sendMessage({ chat: "me", text: "Buy shackles" });
   * const outcome = await client.actions.resume(actionId); // as the same call with `{ confirm: true }`
   * ```
   */
  resume(actionId: string, gate: Partial<Gate> = {}, options: ActionCallOptions = {}): Promise<Outcome<unknown>> {
    return this.#lifecycle.resume(actionId, { confirm: true, ...gate }, options);
  }
}
