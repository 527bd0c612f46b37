import { delimiter } from "node:path";
import type { ActionsOptions } from "../actions/policy.js";
import { GuardError } from "../errors.js";
import { readActions, replacedVariables } from "./actions.js";
import { readLimits } from "./limits.js";
import { fromSandbox, sandboxApplication, type EnvBase } from "./sandbox.js";
import { readSessions, readSessionSource, sessionNotices } from "./sessions.js";
import { flagOf, missing, read, type Env } from "./values.js";
import {
  defaultDataDir,
  type AuditOptions,
  type ClientOptions,
  type FileOptions,
  type ReadLimits,
} from "../options.js";
import { Redacted } from "../redacted.js";
import type { StateStore } from "../stores/store.js";

/** Options that the environment gives; the store is opened last, when everything else is understood. */
export interface EnvOptions {
  readonly options: Omit<ClientOptions, "store">;
  readonly openStore: () => Promise<StateStore>;
  /** What a person who set the variables should know. */
  readonly notices: readonly string[];
}

/** Reads the TG_* variables; secrets from elsewhere must be filled in. `overrides` win over them. */
export function readEnv(env: Env, overrides: Partial<ClientOptions> = {}): EnvOptions {
  const sandboxFile = read(env, "TG_SANDBOX");
  const base = sandboxFile === undefined ? fromVariables(env, overrides) : fromSandbox(sandboxFile, env, overrides);
  const dataDir = overrides.dataDir ?? base.dataDir;
  const files = { ...readFiles(env), ...overrides.files };
  const receiveUpdates = flagOf(env, "TG_RECEIVE_UPDATES") ?? false;
  const options = {
    ...base,
    ...readProxy(env),
    receiveUpdates,
    ...overrides,
    // What names one was looked up already.
    session: base.session,
    dataDir,
    files,
    sessions: { ...readSessions(env), ...overrides.sessions },
    audit: { ...readAudit(env), ...overrides.audit },
    read: { ...readAllowedChats(env), ...overrides.read },
    limits: { ...readLimits(env), ...overrides.limits },
    actions: actionsFor(env, overrides.actions),
  };
  return {
    options,
    openStore: () => openStore(read(env, "TG_STATE_URL"), dataDir),
    notices: [...replacedVariables(env), ...sessionNotices(env)],
  };
}

/** Where state is kept, for programs that need no session. */
export function readStoreEnv(env: Env): Omit<EnvOptions, "options" | "notices"> & { readonly dataDir: string } {
  const sandboxFile = read(env, "TG_SANDBOX");
  const dataDir = read(env, "TG_DATA_DIR") ?? (sandboxFile === undefined ? defaultDataDir(env) : `${sandboxFile}.data`);
  return { dataDir, openStore: () => openStore(read(env, "TG_STATE_URL"), dataDir) };
}

/** Who names an actions policy in the program means to write; from the environment alone it takes TG_ACTIONS_ENABLED=1. */
function actionsFor(env: Env, given: ActionsOptions | undefined): ActionsOptions {
  // Who can ask the person in front of the host is asked unless another approver is named.
  const named = readActions(env, given?.ask === undefined ? "code" : "auto");
  const isPolicy = given !== undefined && Object.keys(given).some((option) => option !== "ask");
  return isPolicy ? { ...named, ...given } : { enabled: false, ...named, ...given };
}

/** What a login needs: who asks, and whom. */
export function readLoginEnv(env: Env): Pick<ClientOptions, "apiId" | "apiHash" | "server" | "proxy" | "limits"> {
  const file = read(env, "TG_SANDBOX");
  const limits = readLimits(env);
  const proxy = readProxy(env);
  if (file === undefined) return { ...applicationOf(env), ...proxy, limits };
  return { ...proxy, ...sandboxApplication(file), limits };
}

const applicationOf = (env: Env): Pick<ClientOptions, "apiId" | "apiHash"> => ({
  apiId: apiIdOf(env) ?? fail("TG_API_ID", "the number from https://my.telegram.org"),
  apiHash: new Redacted(read(env, "TG_API_HASH") ?? fail("TG_API_HASH", "the hash from https://my.telegram.org")),
});

/** It comes from where secrets come from, and may be one by mistake, so that it is not repeated. */
const apiIdOf = (env: Env): number | undefined => {
  const text = read(env, "TG_API_ID");
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
};

function fromVariables(env: Env, overrides: Partial<ClientOptions>): EnvBase {
  const dataDir = overrides.dataDir ?? read(env, "TG_DATA_DIR") ?? defaultDataDir(env);
  const session = overrides.session ?? readSessionSource(env, dataDir, overrides.sessions?.plane);
  if (session === undefined) throw noSession();
  return {
    ...applicationOf(env),
    session,
    dataDir,
  };
}

const noSession = (): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", "No session is chosen.", {
    details: { path: "SESSION_NAME" },
    nextStep: "Log in with tg-guarded login, or name a session that there is: SESSION_NAME, or TG_SESSION_PATH.",
  });

/** Hosts that share a store, but not the data folder, name their audit trails apart. */
export function readAudit(env: Env): AuditOptions {
  const name = read(env, "TG_AUDIT_NAME");
  return name === undefined ? {} : { name };
}

function readProxy(env: Env): Pick<ClientOptions, "proxy"> {
  const url = read(env, "PROXY_URL");
  return url === undefined ? {} : { proxy: new Redacted(url) };
}

function readAllowedChats(env: Env): ReadLimits {
  const allow = read(env, "TG_READ_ALLOWED_CHATS")
    ?.split(",")
    .map((rule) => rule.trim())
    .filter((rule) => rule !== "");
  return allow === undefined ? {} : { allow };
}

/** TG_FILES_ROOTS has several folders as PATH has them. */
function readFiles(env: Env): FileOptions {
  const roots = read(env, "TG_FILES_ROOTS")
    ?.split(delimiter)
    .filter((root) => root !== "");
  if (roots?.length === 0) throw missing("TG_FILES_ROOTS", "one folder or more, of those that the policy allows");
  return roots === undefined ? {} : { roots };
}

async function openStore(url: string | undefined, dataDir: string): Promise<StateStore> {
  if (url === "memory:") return (await import("../stores/memory.js")).memoryStore();
  const path = url === undefined ? `${dataDir}/state.sqlite` : /^sqlite:(.+)$/.exec(url)?.[1];
  if (path !== undefined) return (await import("../stores/sqlite.js")).sqliteStore({ path });
  if (url !== undefined && /^rediss?:/.test(url)) {
    const { redisStore } = await import("../stores/redis.js");
    return redisStore({ url, markerPath: `${dataDir}/.generation-redis` });
  }
  throw missing("TG_STATE_URL", "sqlite:PATH, redis://… or memory:");
}

function fail(name: string, expected: string): never {
  throw missing(name, expected);
}
