/**
 * For tests: a Telegram server on this machine, a clock that one moves by hand, and the checks that every store passes.
 *
 * @packageDocumentation
 */
export { manualClock, type ManualClock } from "./testing/manual-clock.js";
export { storeConformance, type StoreCheck, type StoreUnderTest } from "./testing/store-conformance.js";
export { parseFaultRules, SandboxError, startSandbox } from "./sandbox/index.js";
export type {
  AccountInfo,
  ChatInfo,
  FaultControl,
  FaultRule,
  GeneratedSize,
  LogEntry,
  LogListener,
  Sandbox,
  SandboxClientOptions,
  SandboxInfo,
  SandboxOptions,
  SandboxWorld,
  WorldAccount,
  WorldAdminRight,
  WorldBytes,
  WorldChat,
  WorldCodeWay,
  WorldDenial,
  WorldDevice,
  WorldDraft,
  WorldFolderKind,
  WorldLimits,
  WorldLoginChange,
  WorldLogins,
  WorldMedia,
  WorldMember,
  WorldMessage,
  WorldPeer,
  WorldPosting,
  WorldPrivacy,
  WorldReaction,
  WorldRights,
  WorldScheduled,
  WorldSource,
  WorldUser,
} from "./sandbox/index.js";
