/**
 * Use a personal Telegram account from programs and AI agents without losing it, and without sending what nobody
 * approved. Named exports only; importing this loads neither GramJS nor SQLite.
 *
 * @packageDocumentation
 */
export { GuardedClient } from "./client.js";
export type { ClientOptions, DeviceOptions, LimitOptions } from "./options.js";

export { compose, type Guard, type Next } from "./chain.js";
export { createCall, type Call, type CallInit, type CallKind, type Lane, type MethodClass } from "./call.js";
export { defaultChain, type ChainOptions, type UserGuards } from "./guards/default-chain.js";
export type { AdmissionOptions } from "./guards/admission.js";
export type { BudgetOptions, MethodBudget, PauseOptions } from "./guards/budgets.js";
export type { CircuitOptions } from "./guards/learn.js";
export type { Health, HealthStatus } from "./guards/health.js";
export type { ObserveOptions, TracedCall } from "./guards/observe.js";
export type { QuotaOptions } from "./guards/quota.js";
export type { WriteGuardOptions } from "./guards/write-guard.js";
export { GuardError, isGuardError } from "./errors.js";
export type {
  Applied,
  CircuitReason,
  ErrorCode,
  ErrorDetails,
  ErrorOptions,
  FloodScope,
  Quota,
  WaitReason,
} from "./errors.js";
export { Events, type EventName, type GuardEvents, type Listener } from "./events.js";
export { LATENCY_BUCKETS, Metrics, type MetricsSnapshot } from "./metrics.js";

export type { ReadApi } from "./read/read-api.js";
export type { ReadOptions } from "./read/options.js";
export type { MessagesOptions } from "./read/messages.js";
export type { DialogFilter, DialogsOptions } from "./read/dialogs.js";
export { Listing, type ListingSource, type Page } from "./read/listing.js";
export type { RawApi, RawOptions } from "./raw.js";
export type { ExportApi } from "./export/export-api.js";
export type { ExportMessagesOptions, ExportProgress, ExportReport } from "./export/messages.js";

export type { ActionsApi } from "./actions/actions-api.js";
export { approvers, type Approver, type CodeApprover, type HumanApprover } from "./actions/approvers.js";
export type { ActionsOptions } from "./actions/policy.js";
export type { SendMessageInput, SentMessage } from "./actions/send-message.js";
export type { ActionCallOptions, ApprovalOffer, Gate, Outcome, Preview, Proposal } from "./actions/shapes.js";

export type { Chat } from "./models/chat.js";
export type { Dialog } from "./models/dialog.js";
export type { Entity } from "./models/entity.js";
export type { ChatKind } from "./models/ids.js";
export type { Media, MediaType } from "./models/media.js";
export type { Forward, Message, ReplyTo } from "./models/message.js";
export type { User } from "./models/user.js";

export { memoryStore, type MemoryStoreOptions } from "./stores/memory.js";
export type { StateStore, Step, Transition, UpdateOptions } from "./stores/store.js";
export { systemClock, type Clock } from "./clock.js";
export type { Claim } from "./claim.js";
export type { Request } from "./call.js";
export type { SessionSource } from "./session/session-file.js";
export type { ChatRef } from "./telegram/chat-ref.js";
export { PRODUCTION, type DataCenter, type TelegramServer } from "./telegram/data-centers.js";
