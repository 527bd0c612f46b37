import { z } from "zod";
import { chainOptions } from "./chain-options.js";
import { NEVER_ABORTED } from "./call.js";
import { readLoginEnv, readStoreEnv } from "./env/read-env.js";
import { withSecrets } from "./env/secrets.js";
import { settingsOf } from "./env/settings.js";
import { flagOf } from "./env/values.js";
import { GuardError } from "./errors.js";
import { Events, type EventName, type GuardEvents } from "./events.js";
import { defaultChain } from "./guards/default-chain.js";
import { parseInput } from "./input.js";
import { runLogin, runLogout } from "./login/log-in.js";
import type { LoginPrompts } from "./login/prompts.js";
import { Metrics } from "./metrics.js";
import { optionsSchema, proxyOf, type ClientOptions } from "./options.js";
import type { Permit } from "./permit.js";
import { Redacted } from "./redacted.js";
import { formatSessionString, type SessionKey } from "./session/session-string.js";
import { memoryStore } from "./stores/memory.js";
import { versioned } from "./stores/versioned.js";
import type { DataCenter } from "./telegram/data-centers.js";
import { classOf } from "./telegram/method-table.js";

/** What {@link logIn} takes: the options of a client that a login has use for, and how to ask its person. */
export interface LoginOptions extends Pick<
  ClientOptions,
  "apiId" | "apiHash" | "store" | "limits" | "device" | "server" | "proxy" | "clock"
> {
  /** By a code that Telegram sends, or by a picture that a phone scans. @defaultValue "phone" */
  readonly way?: "phone" | "qr";
  /** How the person is asked; what is never asked for may be left out. */
  readonly prompts: LoginPrompts;
  /** Ends the login. What Telegram has sent already is not taken back. */
  readonly signal?: AbortSignal;
  /** Hears of waits before they begin, and of the connection. */
  readonly onEvent?: (name: EventName, event: GuardEvents[EventName]) => void;
}

/** A login that succeeded. `Sessions.write` takes it. */
export interface LoggedIn {
  /** Whose account it is. */
  readonly account: { readonly id: number; readonly username?: string };
  readonly firstName?: string;
  /** The login itself, for `Sessions.write` and {@link logOut}. */
  readonly key: Redacted<SessionKey>;
  /** For `session: { string }`. Whoever has it has the account. */
  readonly session: Redacted<string>;
}

const logoutSchema = optionsSchema
  .pick({ apiId: true, apiHash: true, store: true, limits: true, device: true, server: true, proxy: true, clock: true })
  .extend({
    signal: z.instanceof(AbortSignal).default(NEVER_ABORTED),
    onEvent: z.custom<NonNullable<LoginOptions["onEvent"]>>((value) => typeof value === "function").exactOptional(),
  });
const loginSchema = logoutSchema.extend({
  way: z.enum(["phone", "qr"]).default("phone"),
  prompts: z.custom<LoginPrompts>((value) => typeof value === "object" && value !== null, "must have functions"),
});

const HEARD = ["wait", "flood", "connection"] as const;

/**
 * Logs in, asking a person step by step. Its requests, and no others, pass as login requests, and pass the chain as all do;
 * with a store that is shared, floods of one attempt count for the next one.
 *
 * Errors: `login_failed`, `flood_wait`, `circuit_open`, `rate_limited`, `timeout`, `server_unreachable`,
 * `handshake_failed`, `connection_lost`, `telegram_error`, `input_invalid`; with a store of your own also
 * `store_unavailable` and `state_lost`; what a prompt throws, and `signal.reason`.
 *
 * @example
 * ```ts
 * import { logIn } from "tg-guarded";
 * import { startSandbox } from "tg-guarded/testing";
 *
 * await using sandbox = await startSandbox();
 * const { apiId, apiHash, server } = sandbox.clientOptions();
 * const [account] = sandbox.info.accounts;
 * const { session } = await logIn({
 *   apiId,
 *   apiHash,
 *   server,
 *   prompts: {
 *     phone: async () => account?.phone ?? "",
 *     code: async ({ way, length }) => account?.code ?? "",
 *   },
 * });
 * console.log(session); // [redacted]
 * ```
 */
export async function logIn(options: LoginOptions): Promise<LoggedIn> {
  const parsed = parseInput(loginSchema, options, "options");
  const { apiId, apiHash, server, clock, way, prompts, signal } = parsed;
  const { key, user } = await runLogin({
    way,
    prompts,
    clock,
    signal,
    apiId,
    apiHash: apiHash instanceof Redacted ? apiHash.expose() : apiHash,
    open: await wireOpener(parsed),
  });
  const secret = new Redacted(key);
  return {
    account: { id: user.id.toJSNumber(), ...(user.username ? { username: user.username } : {}) },
    ...(user.firstName ? { firstName: user.firstName } : {}),
    key: secret,
    session: formatSessionString(secret, addressOf(server.dcs, key.dcId), "gramjs"),
  };
}

/**
 * Logs in with the application, the server and the limits that the TG_* variables name, where TG_AUTH_BOOTSTRAP=1 says
 * that this program may.
 *
 * Errors: as {@link logIn}, `login_denied`, `secret_unavailable`, `store_unavailable`, `state_lost`.
 *
 * @example
 * ```ts
 * import { isGuardError, logInFromEnv } from "tg-guarded";
 *
 * try {
 *   await logInFromEnv({ way: "qr", prompts: { qr: ({ url }) => console.log(url) } });
 * } catch (error) {
 *   if (!isGuardError(error, "login_denied")) throw error; // TG_AUTH_BOOTSTRAP=1 is missing
 * }
 * ```
 */
export async function logInFromEnv(
  options: Pick<LoginOptions, "way" | "prompts" | "signal" | "onEvent">,
): Promise<LoggedIn> {
  if (flagOf(settingsOf(process.env).env, "TG_AUTH_BOOTSTRAP") !== true) throw mayNotLogIn();
  return withEnv((fromEnv) => logIn({ ...fromEnv, ...options }));
}

const mayNotLogIn = (): GuardError<"login_denied"> =>
  new GuardError("login_denied", "This program may not log in; nothing was sent.", {
    details: { method: "auth.sendCode" },
    nextStep: "Log in by hand: tg-guarded login. A program that is meant to log in by itself sets TG_AUTH_BOOTSTRAP=1.",
  });

/** What {@link logOut} takes. */
export interface LogoutOptions extends Omit<LoginOptions, "prompts" | "way"> {
  /** As `Sessions.keyOf` or a login gave it. */
  readonly key: Redacted<SessionKey>;
}

/**
 * Ends a session at Telegram, so that nobody can use it any more. The file is another matter: `Sessions.remove`.
 *
 * Errors: as {@link logIn}; `session_dead` where it had ended before.
 *
 * @example
 * ```ts
 * import { logOut } from "tg-guarded";
 *
 * const { apiId, apiHash, server } = sandbox.clientOptions();
 * await logOut({ apiId, apiHash, server, key: loggedIn.key }); // what `logIn` or `Sessions.keyOf` gave
 * ```
 */
export async function logOut({ key, ...options }: LogoutOptions): Promise<void> {
  const parsed = parseInput(logoutSchema, options, "options");
  await runLogout({ signal: parsed.signal, open: await wireOpener(parsed, key.expose()) });
}

/**
 * As {@link logOut}, with the application, the server and the limits that the TG_* variables name.
 *
 * Errors: as {@link logOut}, `secret_unavailable`, `store_unavailable`, `state_lost`, `input_invalid`.
 *
 * @example
 * ```ts
 * import { logOutFromEnv } from "tg-guarded";
 *
 * await logOutFromEnv({ key: loggedIn.key });
 * ```
 */
export const logOutFromEnv = (options: Pick<LogoutOptions, "key" | "signal" | "onEvent">): Promise<void> =>
  withEnv((fromEnv) => logOut({ ...fromEnv, ...options }));

async function withEnv<T>(
  work: (options: Pick<LoginOptions, "apiId" | "apiHash" | "server" | "proxy" | "limits" | "store">) => Promise<T>,
): Promise<T> {
  const { env } = settingsOf(process.env);
  const options = readLoginEnv(await withSecrets(env));
  const store = await readStoreEnv(env).openStore();
  try {
    return await work({ ...options, store });
  } finally {
    await store.close();
  }
}

async function wireOpener(options: z.output<typeof logoutSchema>, session?: SessionKey) {
  const { apiId, device, server, clock, limits, onEvent } = options;
  const proxy = proxyOf(options);
  const events = new Events();
  for (const name of onEvent === undefined ? [] : HEARD) {
    events.on(name, (event) => {
      onEvent?.(name, event);
    });
  }
  const metrics = new Metrics(events);
  const store = versioned(options.store ?? memoryStore({ clock }));
  const guards = defaultChain(chainOptions({ limits }, { store, clock, events, metrics, classify: classOf }));
  const { LoginWire } = await import("./telegram/login-wire.js");
  const application = { apiId, ...device };
  const known = session === undefined ? {} : { session };
  return (permit: Permit) =>
    new LoginWire({ server, application, proxy, guards, clock, events, metrics, permit, ...known });
}

/** Other libraries keep in their strings where the data centre listens; ours has its list. */
const addressOf = (dcs: readonly DataCenter[], dcId: number): DataCenter =>
  dcs.find(({ id }) => id === dcId) ?? { id: dcId, host: "127.0.0.1", port: 443 };
