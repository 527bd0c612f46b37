/**
 * Use a personal Telegram account from programs and AI agents without losing it, and without sending what nobody
 * approved. Named exports only; importing this loads neither GramJS nor SQLite.
 *
 * In the examples `client` and `sandbox` are made as {@link GuardedClient} shows; `sessions` is what {@link openSessions} gives,
 * `batch` what `client.actions.batches.addMember` gives, `desk`, `audit` and `circuits` what {@link openOperatorDesk},
 * {@link openAuditDesk} and {@link openCircuitDesk} give, and `loggedIn` what {@link logIn} gives.
 *
 * @module tg-guarded
 */
export { GuardedClient } from "./client.js";
export { loadEnvFile } from "./env/env-file.js";
export { policyFile } from "./env/policy-file.js";
export { checkEnv, type EnvCheck } from "./env/check-env.js";
export { envSample } from "./env/sample.js";
export { checkSessions, type CheckSessionsInput } from "./doctor/check-sessions.js";
export { doctor, type DoctorOptions } from "./doctor/doctor.js";
export type { Finding, Level as FindingLevel, Topic as FindingTopic } from "./doctor/finding.js";
export type { SessionsVerdict } from "./doctor/judge-pair.js";
export { readMcpConfig, type ConfiguredServer } from "./doctor/mcp-config.js";
export { expandedServer } from "./doctor/server-env.js";
export { usualMcpConfig, type McpConfig } from "./doctor/usual-config.js";
export type { Probe, ProbeResult } from "./doctor/probe.js";
export {
  logIn,
  logInFromEnv,
  logOut,
  logOutFromEnv,
  type LoggedIn,
  type LoginOptions,
  type LogoutOptions,
} from "./logins.js";
export type { CodeRequest, CodeWay, LoginPrompts, PasswordRequest, QrRequest } from "./login/prompts.js";
export type { Device } from "./read/devices.js";
export { secretFrom, type CommandOptions } from "./secrets/command.js";
export type { Permit } from "./permit.js";
export { Redacted } from "./redacted.js";
export { openSessions, type OpenSessionsOptions } from "./sessions.js";
export type { NewSession, SessionReference, Sessions, WriteOptions } from "./session/sessions.js";
export type { SessionOptions } from "./session/session-options.js";
export type { SessionSource } from "./session/session-place.js";
export type { SessionDetails } from "./session/session-list.js";
export type { SessionAccount } from "./session/session-record.js";
export type { SessionForm } from "./session/session-file.js";
export type { SessionAddress, SessionKey, StringFormat } from "./session/session-string.js";
export type { ImportSource } from "./session/import-session.js";
export type { LockMode } from "./session/session-lock.js";
export type { ConflictOptions } from "./session/conflict.js";
export type { ExpectedAccount } from "./session/expected-account.js";
export type { Encryption, PassphraseSource, SealOptions } from "./session/seal-keys.js";
export { osKeyRing, type KeyRing } from "./secrets/key-ring.js";
export type { AuditOptions, ClientOptions, DeviceOptions, FileOptions, LimitOptions, ReadLimits } from "./options.js";
export type { ReadRule } from "./read/scope.js";

export { compose, type Guard, type Next } from "./chain.js";
export { createCall, type Call, type CallInit, type CallKind, type Lane, type MethodClass } from "./call.js";
export { defaultChain, type ChainOptions, type UserGuards } from "./guards/default-chain.js";
export type { AdmissionOptions } from "./guards/admission.js";
export type { Connectable } from "./guards/connected.js";
export type { BudgetOptions, MethodBudget, PauseOptions } from "./guards/budgets.js";
export type { CircuitOptions } from "./guards/learn.js";
export type { Health, HealthStatus } from "./guards/health.js";
export type { ObserveOptions, TracedCall } from "./guards/observe.js";
export type { QuotaOptions } from "./guards/quota.js";
export type { WriteGuardOptions } from "./guards/write-guard.js";
export { GuardError, isGuardError } from "./errors.js";
export type {
  Applied,
  AuditFault,
  BatchEnd,
  CircuitReason,
  ErrorCode,
  LoginFault,
  ErrorDetails,
  ErrorOptions,
  FloodScope,
  Quota,
  SessionFault,
  SessionOwner,
  SessionPlane,
  WaitReason,
} from "./errors.js";
export { Events, type EventName, type GuardEvents, type Listener } from "./events.js";
export { LATENCY_BUCKETS, Metrics, type MetricsSnapshot } from "./metrics.js";

export type { ReadApi } from "./read/read-api.js";
export type { ListOptions, ReadOptions } from "./read/options.js";
export type { MessageShape, MessagesOptions } from "./read/message-options.js";
export { Watch, type WatchedChats } from "./read/watch.js";
export type { WatchedMessage } from "./read/watch-intake.js";
export type { WatchOptions } from "./read/watch-options.js";
export type { MessagesById, MessagesByIdOptions } from "./read/messages-by-id.js";
export type { DownloadedMedia, DownloadMediaOptions } from "./read/download-media.js";
export type { DownloadProgress } from "./read/download-save.js";
export type { MediaFilter } from "./read/media-filter.js";
export type { Instant } from "./read/instant.js";
export type { SearchAllOptions } from "./read/search-all.js";
export type { TopicsOptions } from "./read/topics.js";
export type { ParticipantsOptions, SearchParticipantsOptions } from "./read/participants.js";
export type { Contact } from "./read/contacts.js";
export type { Resolved, ResolvedChat, ResolvedUser, ResolveOptions } from "./read/people.js";
export type { AuthStatus, QuotaUsage, ReadPorts, SessionInfo, Stats } from "./read/status.js";
export type { DialogFilter, DialogsOptions } from "./read/dialogs.js";
export { Listing, type ListingSource, type Page } from "./read/listing.js";
export type { RawApi, RawOptions } from "./raw.js";
export type { ExportApi } from "./export/export-api.js";
export type { ExportChatsOptions } from "./export/chats.js";
export type { ExportEstimate } from "./export/estimate.js";
export { FILE_TYPES, type FileType, type MediaChoice } from "./export/media/media-choice.js";
export type { ExportMessagesOptions } from "./export/messages.js";
export type { ExportParticipantsOptions } from "./export/participants.js";
export type { ExportOptions } from "./export/options.js";
export { EXTENSIONS, FORMATS, type FormatName } from "./export/formats/choose.js";
export { LIST_FORMATS, type ListFormat } from "./export/formats/lists.js";
export type {
  ChatExportReport,
  ExportAbout,
  ExportedChat,
  ExportFigures,
  ExportProgress,
  ExportReport,
  Missing,
} from "./export/shapes.js";
export type { TakeoutNote } from "./export/with-takeout.js";

export type { Action } from "./actions/action.js";
export type { ActionsApi } from "./actions/actions-api.js";
export type { ApprovedBatch } from "./actions/batches/approval-operation.js";
export type { Batch } from "./actions/batches/batch.js";
export type { BatchItem, BatchSummary } from "./actions/batches/batch-shapes.js";
export type { BatchTarget } from "./actions/batches/batch-target.js";
export type { BatchesApi } from "./actions/batches/batches-api.js";
export type {
  AddMemberBatchInput,
  AddMemberReport,
  BatchFile,
  BatchOptions,
  DeleteMessagesBatchInput,
  DeleteMessagesManifest,
  DeletionOptions,
  LeaveDialogBatchInput,
  LeaveDialogCandidates,
} from "./actions/batches/batches-input.js";
export type { KindName } from "./actions/batches/kinds.js";
export type { BatchRunOptions } from "./actions/batches/run-batch.js";
export {
  approvers,
  type Approver,
  type CodeApprover,
  type HumanApprover,
  type OperatorApprover,
} from "./actions/approvers.js";
export type { ConfirmationPhrase } from "./actions/confirmation-text.js";
export { describeProposal } from "./actions/describe-proposal.js";
export type { ActionsOptions, DirectWriteOptions, OwnPolicy } from "./actions/policy.js";
export type { Formatting } from "./actions/markup/marked-text.js";
export type { PolicyReport } from "./actions/policy-report.js";
export {
  OperatorDesk,
  type DeskOptions,
  type OpenQuestion,
  type OperatorWord,
  type ReadQuestion,
} from "./actions/operator-desk.js";
export { CircuitDesk, openCircuitDesk, type AccountHealth } from "./circuit-desk.js";
export { newOperatorKey } from "./actions/operator-key.js";
export { initOperator, openAuditDesk, openOperatorDesk, type WrittenKey } from "./operator.js";
export { AuditDesk, type AuditDeskOptions, type TrailReport } from "./audit/desk.js";
export type { AuditEntry, AuditEvent, AuditLine } from "./audit/entry.js";
export { openAuditTrail, type AuditTrail, type AuditTrailOptions, type TrailOptions } from "./audit/trail.js";
export type { AuditProblem, AuditProblemKind, AuditReport } from "./audit/verify.js";
export { askAtTerminal, withTerminal, type Question, type Terminal } from "./actions/terminal.js";
export type { UnsafeIssue } from "./actions/safety.js";
export { visible, withoutUnseen } from "./actions/visible.js";
export type { SendMessageInput, SentMessage } from "./actions/operations/send-message.js";
export type { SendFileInput } from "./actions/operations/send-file.js";
export type { EditMessageInput, EditedMessage } from "./actions/operations/edit-message.js";
export type { DeleteMessagesInput, DeletedMessages } from "./actions/operations/delete-messages.js";
export type { ForwardMessagesInput, ForwardedMessages } from "./actions/operations/forward-messages.js";
export type { LeaveDialogInput, LeftDialog } from "./actions/operations/leave-dialog.js";
export type { MemberInput, ChangedMember } from "./actions/operations/add-member.js";
export type { MigrateMemberInput, MigratedMember } from "./actions/operations/migrate-member.js";
export type { ClearHistoryInput, ClearedHistory } from "./actions/operations/clear-history.js";
export type { JoinChatInput, JoinedChat } from "./actions/operations/join-chat.js";
export type { PinMessageInput, PinnedMessage } from "./actions/operations/pin-message.js";
export type { ReactInput, Reacted } from "./actions/operations/react.js";
export type { SaveDraftInput, SavedDraft } from "./actions/operations/save-draft.js";
export type { MarkReadInput, MarkedRead } from "./actions/operations/mark-read.js";
export type {
  ActionCallOptions,
  ApprovalMode,
  ApprovalOffer,
  AwaitingApproval,
  Done,
  Gate,
  Outcome,
  Preview,
  ProposedCost,
  ProposedDeletion,
  ProposedFile,
  ProposedLink,
  ProposedMessage,
  ProposedTarget,
  Proposal,
  Unchanged,
} from "./actions/shapes.js";

export type { ActionDetails } from "./models/action.js";
export type { AdminRights, Powers } from "./models/admin-rights.js";
export type { Button } from "./models/buttons.js";
export type { Chat } from "./models/chat.js";
export type { ChatInfo } from "./models/chat-info.js";
export type { Dialog } from "./models/dialog.js";
export type { Entity } from "./models/entity.js";
export type { Forward } from "./models/forward.js";
export type { ChatKind } from "./models/ids.js";
export type { LastSeen, Presence } from "./models/last-seen.js";
export { toMarkdown } from "./models/markdown.js";
export type { Giveaway, Location, Media, MediaType, SentContact } from "./models/media.js";
export type { Message } from "./models/message.js";
export type { MyRights } from "./models/my-rights.js";
export type { Participant, Role } from "./models/participant.js";
export type { Poll, PollAnswer } from "./models/poll.js";
export type { Reaction } from "./models/reactions.js";
export type { ReplyTo } from "./models/reply.js";
export type { Topic } from "./models/topic.js";
export type { User } from "./models/user.js";

export type { ItemEnd } from "./state/batch-item.js";
export type { BatchStatus, ItemCounts, ItemStatus } from "./state/batch-status.js";
export { memoryStore, type MemoryStoreOptions } from "./stores/memory.js";
export type { StateStore, Step, Transition, UpdateOptions } from "./stores/store.js";
export { systemClock, type Clock } from "./clock.js";
export type { Claim } from "./claim.js";
export type { Request } from "./call.js";
export type { ChatRef } from "./telegram/chat-ref.js";
export { PRODUCTION, type DataCenter, type TelegramServer } from "./telegram/data-centers.js";
