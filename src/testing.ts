/**
 * For tests: a Telegram server on this machine, a clock that one moves by hand, and the checks that every store passes.
 *
 * @module tg-guarded/testing
 */
export { manualClock, type ManualClock } from "./testing/manual-clock.js";
export { storeConformance, type StoreCheck, type StoreUnderTest } from "./testing/store-conformance.js";
export { startSandbox, type FaultControl, type Sandbox, type SandboxOptions } from "./sandbox/index.js";
export type { SandboxClientOptions } from "./sandbox/client-options.js";
export { SandboxError } from "./sandbox/error.js";
export { WorldFileError } from "./sandbox/world/export-file/world-file-error.js";
export { parseRules as parseFaultRules } from "./sandbox/fault-rules.js";
export type { FaultEffect, FaultRule, FaultStep } from "./sandbox/faults.js";
export type { AccountInfo, SandboxInfo } from "./sandbox/info.js";
export type { LogEntry, LogListener } from "./sandbox/log.js";
export type { WorldDevice, WorldLogins } from "./sandbox/public-logins.js";
export type {
  SandboxWorld,
  WorldBot,
  WorldBytes,
  WorldChat,
  WorldDraft,
  WorldMedia,
  WorldMember,
  WorldMessage,
  WorldPeer,
  WorldPoll,
  WorldPosting,
  WorldReaction,
  WorldRights,
  WorldScheduled,
  WorldUser,
} from "./sandbox/public-world.js";
export type { FolderKind as WorldFolderKind } from "./sandbox/world/folders.js";
export type { AdminRight as WorldAdminRight, Denial as WorldDenial } from "./sandbox/world/members.js";
export type { Limits as WorldLimits, Privacy as WorldPrivacy } from "./sandbox/world/relations.js";
export type { CodeWay as WorldCodeWay, LoginChange as WorldLoginChange } from "./sandbox/world/account.js";
export type { Account as WorldAccount, ChatInfo, GeneratedSize, WorldSource } from "./sandbox/world/world.js";
export type { WorldDescription } from "./sandbox/world/plan/source.js";
export type {
  NewBot,
  NewChannel,
  NewGroup,
  NewMessage,
  NewPrivateChat,
  NewSupergroup,
  NewTopic,
  NewUser,
  Posts,
  Topics,
  WorldBuilder,
} from "./sandbox/world/plan/builder.js";
