import type { Lifecycle } from "./lifecycle.js";
import { editMessage, type EditMessageInput, type EditedMessage } from "./operations/edit-message.js";
import type { Operation } from "./operation.js";
import { deleteMessages, type DeleteMessagesInput, type DeletedMessages } from "./operations/delete-messages.js";
import { forwardMessages, type ForwardMessagesInput, type ForwardedMessages } from "./operations/forward-messages.js";
import { leaveDialog, type LeaveDialogInput, type LeftDialog } from "./operations/leave-dialog.js";
import { addMember, type MemberInput, type ChangedMember } from "./operations/add-member.js";
import { removeMember } from "./operations/remove-member.js";
import { migrateMember, type MigrateMemberInput, type MigratedMember } from "./operations/migrate-member.js";
import { clearHistory, type ClearHistoryInput, type ClearedHistory } from "./operations/clear-history.js";
import { joinChat, type JoinChatInput, type JoinedChat } from "./operations/join-chat.js";
import { pinMessage, type PinMessageInput, type PinnedMessage } from "./operations/pin-message.js";
import { react, type ReactInput, type Reacted } from "./operations/react.js";
import { markRead, type MarkReadInput, type MarkedRead } from "./operations/mark-read.js";
import type { ActionsPolicy } from "./policy.js";
import { policyReport, type PolicyReport } from "./policy-report.js";
import { sendMessage, type SendMessageInput, type SentMessage } from "./send-message.js";
import type { ActionCallOptions, Gate, Outcome, Preview } from "./shapes.js";

/** In more groups, supergroups and channels the account joins no further one. */
const MAX_GROUPS = 200;

/** Everything one can change, each step approved. Without a gate a call previews and sends nothing. */
export class ActionsApi {
  readonly #lifecycle: Lifecycle;
  readonly #policy: ActionsPolicy;
  readonly #maxGroups: number;

  constructor(lifecycle: Lifecycle, policy: ActionsPolicy, maxGroups = MAX_GROUPS) {
    this.#lifecycle = lifecycle;
    this.#policy = policy;
    this.#maxGroups = maxGroups;
  }

  /** All gates and limits, what is unsafe or weak, why actions are off if they are, and how to write. Sends nothing. */
  policy(): PolicyReport {
    return policyReport(this.#policy);
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

  /** Shows what would be sent, and opens an approval for it. Sends nothing. */
  sendMessage(input: SendMessageInput, options?: ActionCallOptions): Promise<Preview<SentMessage>>;
  /**
   * Sends the text, exactly once for each approval, whatever breaks in between.
   *
   * Errors: `write_denied`, `policy_refused`, `confirmation_required`, `confirmation_text_invalid`, `approval_locked`,
   * `approval_needs_terminal`, `approval_invalid`, `approval_too_early`, `approval_expired`, `approval_rejected`,
   * `already_done`, `action_in_progress`, `outcome_unknown`, `not_allowed`, `chat_not_found`, `input_invalid`, and those
   * of every call.
   */
  sendMessage(input: SendMessageInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<SentMessage>>;
  sendMessage(
    input: SendMessageInput,
    gateOrOptions: Gate | ActionCallOptions = {},
    options: ActionCallOptions = {},
  ): Promise<Preview<SentMessage> | Outcome<SentMessage>> {
    return isGate(gateOrOptions)
      ? this.#lifecycle.execute(sendMessage, input, gateOrOptions, options)
      : this.#lifecycle.preview(sendMessage, input, gateOrOptions);
  }

  /** Shows what a message of one's own would say, and opens an approval for it. Sends nothing. */
  editMessage(input: EditMessageInput, options?: ActionCallOptions): Promise<Preview<EditedMessage>>;
  /**
   * Changes the text of a message of one's own. Refused where it was edited since the preview.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  editMessage(input: EditMessageInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<EditedMessage>>;
  editMessage(
    input: EditMessageInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<EditedMessage>> {
    return this.#call(editMessage, input, gateOrOptions, options);
  }

  /** Shows which messages would be deleted for whom. Sends nothing. */
  deleteMessages(input: DeleteMessagesInput, options?: ActionCallOptions): Promise<Preview<DeletedMessages>>;
  /**
   * Deletes up to 100 messages.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  deleteMessages(
    input: DeleteMessagesInput,
    gate: Gate,
    options?: ActionCallOptions,
  ): Promise<Outcome<DeletedMessages>>;
  deleteMessages(
    input: DeleteMessagesInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<DeletedMessages>> {
    return this.#call(deleteMessages, input, gateOrOptions, options);
  }

  /** Shows which messages would be passed on, from where to where. Sends nothing. */
  forwardMessages(input: ForwardMessagesInput, options?: ActionCallOptions): Promise<Preview<ForwardedMessages>>;
  /**
   * Passes on up to 100 messages, exactly once. Both chats must be on the allowlist; an edited message is refused.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  forwardMessages(
    input: ForwardMessagesInput,
    gate: Gate,
    options?: ActionCallOptions,
  ): Promise<Outcome<ForwardedMessages>>;
  forwardMessages(
    input: ForwardMessagesInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<ForwardedMessages>> {
    return this.#call(forwardMessages, input, gateOrOptions, options);
  }

  /** Shows which group or channel would be left. Sends nothing. */
  leaveDialog(input: LeaveDialogInput, options?: ActionCallOptions): Promise<Preview<LeftDialog>>;
  /**
   * Leaves a group, supergroup or channel. The creator cannot: `telegram_error` USER_CREATOR.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  leaveDialog(input: LeaveDialogInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<LeftDialog>>;
  leaveDialog(
    input: LeaveDialogInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<LeftDialog>> {
    return this.#call(leaveDialog, input, gateOrOptions, options);
  }

  /** Shows who would be added to which chat. Sends nothing. */
  addMember(input: MemberInput, options?: ActionCallOptions): Promise<Preview<ChangedMember>>;
  /**
   * Adds somebody to a group, supergroup or channel; `unchanged` where he is in it already. Somebody whose settings forbid it is `telegram_error` USER_PRIVACY_RESTRICTED.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  addMember(input: MemberInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<ChangedMember>>;
  addMember(
    input: MemberInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<ChangedMember>> {
    return this.#call(addMember, input, gateOrOptions, options);
  }

  /** Shows who would be removed from which chat. Sends nothing. */
  removeMember(input: MemberInput, options?: ActionCallOptions): Promise<Preview<ChangedMember>>;
  /**
   * Removes somebody, who can come back; `unchanged` where he is not in it.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  removeMember(input: MemberInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<ChangedMember>>;
  removeMember(
    input: MemberInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<ChangedMember>> {
    return this.#call(removeMember, input, gateOrOptions, options);
  }

  /** Shows who would take whose place. Sends nothing. */
  migrateMember(input: MigrateMemberInput, options?: ActionCallOptions): Promise<Preview<MigratedMember>>;
  /**
   * Adds the new member, and only once that succeeded removes the old one.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  migrateMember(input: MigrateMemberInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<MigratedMember>>;
  migrateMember(
    input: MigrateMemberInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<MigratedMember>> {
    return this.#call(migrateMember, input, gateOrOptions, options);
  }

  /** Shows which history would be cleared for whom. Sends nothing. */
  clearHistory(input: ClearHistoryInput, options?: ActionCallOptions): Promise<Preview<ClearedHistory>>;
  /**
   * Clears a chat's history up to the message that was the newest at the preview.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  clearHistory(input: ClearHistoryInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<ClearedHistory>>;
  clearHistory(
    input: ClearHistoryInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<ClearedHistory>> {
    return this.#call(clearHistory, input, gateOrOptions, options);
  }

  /** Shows which chat would be joined. Sends nothing. */
  joinChat(input: JoinChatInput, options?: ActionCallOptions): Promise<Preview<JoinedChat>>;
  /**
   * Joins a supergroup or channel, or whatever an invite link leads to; `unchanged` for a member.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `too_many_groups`.
   */
  joinChat(input: JoinChatInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<JoinedChat>>;
  joinChat(
    input: JoinChatInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<JoinedChat>> {
    return this.#call(joinChat(this.#maxGroups), input, gateOrOptions, options);
  }

  /** Shows which message would be pinned or unpinned. Sends nothing. */
  pinMessage(input: PinMessageInput, options?: ActionCallOptions): Promise<Preview<PinnedMessage>>;
  /**
   * Pins or unpins a message for everybody; `unchanged` where it is so already.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  pinMessage(input: PinMessageInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<PinnedMessage>>;
  pinMessage(
    input: PinMessageInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<PinnedMessage>> {
    return this.#call(pinMessage, input, gateOrOptions, options);
  }

  /** Shows which reaction would be given to what. Sends nothing. */
  react(input: ReactInput, options?: ActionCallOptions): Promise<Preview<Reacted>>;
  /**
   * Gives a message one reaction in place of what it had from this account, or takes that back.
   *
   * Errors: as {@link ActionsApi.sendMessage}, `message_not_found`.
   */
  react(input: ReactInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<Reacted>>;
  react(
    input: ReactInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<Reacted>> {
    return this.#call(react, input, gateOrOptions, options);
  }

  /** Shows what would be marked as read. Sends nothing. */
  markRead(input: MarkReadInput, options?: ActionCallOptions): Promise<Preview<MarkedRead>>;
  /**
   * Marks a chat as read, which in a private chat the other one sees.
   *
   * Errors: as {@link ActionsApi.sendMessage}.
   */
  markRead(input: MarkReadInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<MarkedRead>>;
  markRead(
    input: MarkReadInput,
    gateOrOptions?: Gate | ActionCallOptions,
    options?: ActionCallOptions,
  ): Promise<Either<MarkedRead>> {
    return this.#call(markRead, input, gateOrOptions, options);
  }

  #call<I, R>(
    operation: Operation<I, R>,
    input: I,
    gateOrOptions: Gate | ActionCallOptions = {},
    options: ActionCallOptions = {},
  ): Promise<Either<R>> {
    return isGate(gateOrOptions)
      ? this.#lifecycle.execute(operation, input, gateOrOptions, options)
      : this.#lifecycle.preview(operation, input, gateOrOptions);
  }
}

type Either<R> = Preview<R> | Outcome<R>;

const isGate = (value: Gate | ActionCallOptions): value is Gate => "confirm" in value;
