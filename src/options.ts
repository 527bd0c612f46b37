import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { actionsSchema, type ActionsOptions } from "./actions/policy.js";
import { auditFolder } from "./audit/desk.js";
import type { Guard } from "./chain.js";
import { systemClock, type Clock } from "./clock.js";
import type { BudgetOptions } from "./guards/budgets.js";
import type { UserGuards } from "./guards/default-chain.js";
import type { CircuitOptions } from "./guards/learn.js";
import type { QuotaOptions } from "./guards/quota.js";
import type { FileAccess } from "./files/access.js";
import type { ReadRule } from "./read/scope.js";
import { folderOf, sessionOptionsSchema, type SessionOptions } from "./session/session-options.js";
import type { SessionSource } from "./session/session-place.js";
import { Redacted } from "./redacted.js";
import type { StateStore } from "./stores/store.js";
import { parseProxy, type Proxy } from "./telegram/proxy.js";
import { PRODUCTION, type TelegramServer } from "./telegram/data-centers.js";

/** How much is asked of Telegram, and how long one waits for it. */
export interface LimitOptions extends BudgetOptions, CircuitOptions, QuotaOptions {
  /**
   * Who shares the budget of requests: all processes on the store (`shared`), this process alone (`local`), or nobody,
   * since there is none (`off`). Flood holds, the circuit, `methods` and `pauses` are kept in every mode, by all processes.
   * @defaultValue "shared"
   */
  readonly mode?: "shared" | "local" | "off";
  /**
   * Lets reads go on while the store does not answer, within a budget of this process alone. Writes fail in any case.
   * @defaultValue false
   */
  readonly readsWithoutStore?: boolean;
  /** Joining is refused when the account is in so many groups and channels. @defaultValue 200 */
  readonly maxGroups?: number;
  /** How many times a call is tried again. @defaultValue 3 */
  readonly retryAttempts?: number;
  /** For one attempt, in milliseconds. @defaultValue 30_000 */
  readonly timeoutMs?: number;
}

/** How the program shows up in the account's list of devices. */
export interface DeviceOptions {
  /** @defaultValue "tg-guarded" */
  readonly deviceModel?: string;
  /** @defaultValue "Node.js" with its version */
  readonly systemVersion?: string;
  /** @defaultValue "1.0" */
  readonly appVersion?: string;
  /** @defaultValue "en" */
  readonly langCode?: string;
}

/** Where files may be written and taken from. Exports keep to it when they are asked to (`withinRoots`): else they write where the program says. */
export interface FileOptions {
  /** Folders inside of which downloads may be put, and files to be sent must lie; made for the owner alone when missing. @defaultValue `downloads` in the data folder */
  readonly roots?: readonly string[];
}

/** What may be read at all. */
export interface ReadLimits {
  /**
   * Chats by id or `@name`, `me`, kinds (`kind:user`, `kind:bot`, `kind:group`, `kind:channel`) and folders
   * (`folder:Work`). Nothing else is read, listed, found, watched or exported; `raw` is closed.
   * @defaultValue everything
   */
  readonly allow?: readonly ReadRule[];
}

/** The trail of decisions and outcomes, in the folder `audit` of the data folder. */
export interface AuditOptions {
  /** Hosts that share a store, but not the data folder, name their trails apart. @defaultValue "main" */
  readonly name?: string;
  /** A file that would grow beyond this is left, and the next one begun. @defaultValue 10_000_000 */
  readonly limitBytes?: number;
}

/** What {@link GuardedClient.open} takes. It reads no environment. */
export interface ClientOptions {
  /** From https://my.telegram.org. */
  readonly apiId: number;
  /** From https://my.telegram.org. */
  readonly apiHash: string | Redacted<string>;
  /** The name of a session in the data folder, `{ path }`, or `{ string }`. */
  readonly session: SessionSource;
  /** How session files are kept, encrypted, locked and shared. */
  readonly sessions?: SessionOptions;
  /** Where state is shared. @defaultValue SQLite in the data folder */
  readonly store?: StateStore;
  /** Where sessions and state live. @defaultValue `tg-guarded` in the user's data folder */
  readonly dataDir?: string;
  /** How fast, and how much in a day. */
  readonly limits?: LimitOptions;
  /** What may be read. @defaultValue everything */
  readonly read?: ReadLimits;
  /** Without it nothing can be written. */
  readonly actions?: ActionsOptions;
  /** Guards of your own, beside the others. */
  readonly guards?: UserGuards;
  /** Inside of which folders files may be written and taken from. */
  readonly files?: FileOptions;
  /** Where decisions are written down. */
  readonly audit?: AuditOptions;
  /** How this program shows up among the account's devices. */
  readonly device?: DeviceOptions;
  /** Keeps the stream of updates that `read.watch` needs. @defaultValue false */
  readonly receiveUpdates?: boolean;
  /** Another server than Telegram's own: a sandbox. */
  readonly server?: TelegramServer;
  /** A SOCKS5 proxy that all connections go through: `socks5://[user:password@]host[:port]`. */
  readonly proxy?: string | Redacted<string>;
  /** For tests. @defaultValue the clock of this machine */
  readonly clock?: Clock;
}

/** A fixed folder of the user (XDG data home), never the working folder. */
export function defaultDataDir(env: NodeJS.ProcessEnv = {}): string {
  const base = env["XDG_DATA_HOME"];
  return join(base === undefined || base === "" ? join(homedir(), ".local", "share") : base, "tg-guarded");
}

const isStore = (value: unknown): value is StateStore =>
  typeof value === "object" && value !== null && "update" in value && "entries" in value;
const isClock = (value: unknown): value is Clock => typeof value === "object" && value !== null && "after" in value;

const count = z.int().min(0).max(1_000_000);
const durationMs = z.int().min(0);

const readRule = z.union([
  z.int(),
  z
    .string()
    .regex(
      /^(me|@?[A-Za-z]\w{3,31}|-?\d+|kind:(user|bot|group|channel)|folder:.+)$/,
      "must be an id, a @name, me, kind:user, kind:bot, kind:group, kind:channel or folder:NAME",
    ),
]);

const limitsSchema = z.strictObject({
  mode: z.enum(["shared", "local", "off"]).exactOptional(),
  readsWithoutStore: z.boolean().exactOptional(),
  perSecond: z.number().positive().max(1_000_000).exactOptional(),
  burst: z.number().min(1).max(1_000_000).exactOptional(),
  filePartsPerSecond: z.number().min(0).max(1_000_000).exactOptional(),
  methods: z
    .record(
      z.string().regex(/^\w+(\.\w+)?$/, "is not a method, such as messages.getHistory"),
      z.strictObject({ requests: z.int().min(1), perSeconds: z.number().positive() }),
    )
    .exactOptional(),
  pauses: z
    .strictObject({
      afterJoinMs: durationMs.exactOptional(),
      everyDirectMessages: count.exactOptional(),
      everyParticipants: count.exactOptional(),
    })
    .exactOptional(),
  floodThresholdMs: durationMs.exactOptional(),
  cooldownMs: durationMs.exactOptional(),
  floodSeries: z.strictObject({ count, withinMs: durationMs }).exactOptional(),
  peerFloodMs: durationMs.exactOptional(),
  directMessages: count.exactOptional(),
  joins: count.exactOptional(),
  groupMessages: count.exactOptional(),
  maxGroups: count.exactOptional(),
  timeZone: z
    .string()
    .refine(isTimeZone, "is not a time zone of the IANA database, such as Europe/Oslo")
    .exactOptional(),
  retryAttempts: z.int().min(0).max(10).exactOptional(),
  timeoutMs: z.int().min(1).exactOptional(),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const deviceSchema = z.strictObject({
  deviceModel: z.string().min(1).default("tg-guarded"),
  systemVersion: z.string().min(1).default(`Node.js ${process.version}`),
  appVersion: z.string().min(1).default("1.0"),
  langCode: z.string().min(2).default("en"),
});

const dataCenterSchema = z.strictObject({
  id: z.int().min(1),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
});

const guard = z.custom<Guard>((value) => typeof value === "function", "must be a function: (call, next) => …");

export const optionsSchema = z.strictObject({
  apiId: z.int().positive("must be the number from https://my.telegram.org"),
  apiHash: z.union(
    [z.custom<Redacted<string>>((value) => value instanceof Redacted), z.string().min(1)],
    "must be the hash from https://my.telegram.org",
  ),
  session: z.union([
    z.string().min(1),
    z.strictObject({ path: z.string().min(1) }),
    z.strictObject({ string: z.string().min(1) }),
  ]),
  sessions: sessionOptionsSchema.prefault({}),
  store: z.custom<StateStore>(isStore, "must be a store").exactOptional(),
  dataDir: z.string().min(1).default(defaultDataDir),
  limits: limitsSchema.default({}),
  read: z.strictObject({ allow: z.array(readRule).exactOptional() }).default({}),
  actions: actionsSchema.exactOptional(),
  guards: z
    .strictObject({ around: z.array(guard).exactOptional(), perAttempt: z.array(guard).exactOptional() })
    .exactOptional(),
  files: z.strictObject({ roots: z.array(z.string().min(1)).min(1).exactOptional() }).default({}),
  audit: z
    .strictObject({
      name: z
        .string()
        .regex(/^[\w.-]{1,40}$/, "must be one word of at most 40 letters, digits and .-_")
        .exactOptional(),
      limitBytes: z.int().min(1000).exactOptional(),
    })
    .default({}),
  device: deviceSchema.prefault({}),
  receiveUpdates: z.boolean().default(false),
  server: z
    .strictObject({ dcs: z.array(dataCenterSchema).min(1), publicKeyPem: z.string().exactOptional() })
    .default({ dcs: [...PRODUCTION.dcs] }),
  proxy: z.union([z.custom<Redacted<string>>((value) => value instanceof Redacted), z.string()]).exactOptional(),
  clock: z.custom<Clock>(isClock, "must be a clock").default(systemClock),
});

/** @throws {@link GuardError} `input_invalid` */
export const proxyOf = ({ proxy }: Pick<ParsedOptions, "proxy">): Redacted<Proxy> | undefined =>
  proxy === undefined ? undefined : parseProxy(proxy instanceof Redacted ? proxy : new Redacted(proxy));

/** Inside of which folders files may be written and taken from. */
const fileRoots = ({ files, dataDir }: ParsedOptions): readonly string[] => files.roots ?? [join(dataDir, "downloads")];

/** State, sessions and the audit trail are never sent or written among, wherever they lie. */
export const fileAccess = (options: ParsedOptions): FileAccess => ({
  roots: fileRoots(options),
  hidden: [
    options.dataDir,
    folderOf(options.sessions, options.dataDir),
    auditFolder(options.dataDir),
    ...sessionPaths(options),
  ],
});

/** Sessions that lie elsewhere: the one in use, and those of the other programs that are named. */
const sessionPaths = ({ session, sessions: { conflict } }: ParsedOptions): readonly string[] => {
  const own = typeof session === "object" && "path" in session ? session.path : undefined;
  return [own, conflict.readPath, conflict.actionsPath].filter((path) => path !== undefined);
};

/** The options with every default filled in. */
export type ParsedOptions = z.output<typeof optionsSchema>;
